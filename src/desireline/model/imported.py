"""What came of a file of documents."""

from pydantic import Field

from desireline.model.definition import Strict


class RefusedRow(Strict):
    """A row that was not taken: its number in the file from 1, and the field that makes no sense."""

    row: int
    field: str
    given: str
    expected: str


class ImportedDocuments(Strict):
    """Rows that were new, that changed a document, that were there before, and that were refused."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[RefusedRow] = Field(default_factory=list)
