"""Documents out of a file's rows: new ones are added, known ones changed, rows that make no sense told."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from desireline.errors import BadQuestion, NameTaken
from desireline.model.imported import ImportedDocuments, RefusedRow
from desireline.service.shelf import Document, Shelf

Row = dict[str, str]


def take_in(
    shelf: Shelf[Document], rows: Iterable[Row],
    read: Callable[[Row, Collection[Document]], tuple[Document | None, dict[str, Any]]],
) -> ImportedDocuments:  # fmt: skip
    """Bring rows onto a shelf; the rest is taken where some are refused.

    Args:
        shelf: where they go.
        rows: of the file.
        read: of a row and all that is on the shelf, the document that the row is about, None for a new one, and the
            fields that it says; raises `BadQuestion`.
    """
    done, every = ImportedDocuments(), {one.id: one for one in shelf.all()}
    for number, row in enumerate(rows, 1):
        try:
            known, fields = read(row, every.values())
            if known is None:
                made = shelf.add(fields)
                every[made.id] = made
                done.added += 1
            elif all(getattr(known, name) == value for name, value in fields.items() if name != "source"):
                done.unchanged += 1
            else:
                every[known.id] = shelf.change(known.id, known.revision, fields)
                done.changed += 1
        except NameTaken as error:
            done.refused.append(RefusedRow(row=number, field="name", given=error.name[:100], expected="≠"))
        except BadQuestion as error:
            done.refused.append(
                RefusedRow(row=number, field=error.parameter, given=error.given, expected=error.expected)
            )
    return done
