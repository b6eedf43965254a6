"""Writes who is in which group to the file that `--out` names."""

from pathlib import Path
from typing import Annotated, Any

import typer

from desireline.cli.output import write_file
from desireline.cli.session import Session

Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write who is in which group: FILE.csv or FILE.parquet.")
]

FORMS = (".csv", ".parquet")


def check_out(out: Path | None) -> None:
    """Refuses a file of another form before the work is done.

    Raises:
        UnknownFormat: it is neither CSV nor Parquet.
    """
    from desireline.errors import UnknownFormat

    if out is not None and out.suffix.lower() not in FORMS:
        raise UnknownFormat(file=out.name, known=list(FORMS))


def write_labels(session: Session, out: Path | None, question: str, asked: dict[str, Any]) -> None:
    """Writes the labels of an answer; nothing without a file."""
    if out is None:
        return
    from desireline.service.labelling import written

    fields = {name: value for name, value in asked.items() if name not in ("versus", "compare_definition")}
    write_file(out, written(session.workspace.labels(question, **fields), out.suffix.lower()))
