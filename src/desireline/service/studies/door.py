"""Studies of a workspace: the one door for the command line, HTTP and notebooks."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from desireline.errors import BadQuestion
from desireline.model.study import NewStudy, QuoteOfStudy, Study
from desireline.service.shelf import Shelf, valid

if TYPE_CHECKING:
    from desireline.service.opened import Opened


class Studies:
    """Every method takes a study by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> said = {"id": "q1", "text": "Where is my parcel?", "touchpoint": "Delivery"}  # doctest: +SKIP
        >>> ws.studies.create({"name": "Spring interviews", "method": "interview", "date": "2026-03-04",
        ...                    "participants": 6, "quotes": [said]})  # doctest: +SKIP
        >>> ws.studies.quotes(touchpoint="Delivery")[0].quote.text  # doctest: +SKIP
    """

    def __init__(self, workspace: "Opened") -> None:
        self._workspace = workspace

    def all(self) -> list[Study]:
        """All of them, oldest first."""
        return self._shelf.all() if self._workspace.places.records.exists() else []

    def get(self, which: str) -> Study:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self._shelf.get(which)

    def create(self, asked: NewStudy | Mapping[str, Any]) -> Study:
        """Record one.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        return self._shelf.add(valid(NewStudy, asked).model_dump(exclude_unset=True))

    def change(self, which: str, seen: int, fields: Mapping[str, Any]) -> Study:
        """Change fields of one, `quotes` as a whole.

        Args:
            which: id or name.
            seen: the revision that the change was made on.
            fields: of `NewStudy`; what is absent stays.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since it was read.
            BadQuestion: a field makes no sense.
            NameTaken: another one is called that.
        """
        strange = sorted(set(fields) - set(NewStudy.model_fields))
        if strange:
            expected = ", ".join(NewStudy.model_fields)
            raise BadQuestion(parameter=strange[0], given=str(fields[strange[0]])[:100], expected=expected)
        return self._shelf.change(which, seen, fields)

    def remove(self, which: str, seen: int | None = None) -> Study:
        """Delete one with its quotes.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `seen`.
        """
        return self._shelf.remove(which, seen)

    def quotes(self, touchpoint: str | None = None) -> list[QuoteOfStudy]:
        """What people said in studies, newest study first, in its order.

        Args:
            touchpoint: those about it; all of them if None.
        """
        newest = sorted(self.all(), key=lambda study: study.date, reverse=True)
        return [
            QuoteOfStudy(
                study=study.id, name=study.name, method=study.method, date=study.date, participants=study.participants,
                quote=quote,
            )
            for study in newest for quote in study.quotes if touchpoint is None or quote.touchpoint == touchpoint
        ]  # fmt: skip

    @property
    def _shelf(self) -> Shelf[Study]:
        return Shelf(self._workspace.records, "study", Study)
