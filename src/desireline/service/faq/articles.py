"""Articles of a help centre, as they are kept: typed, or out of a list of addresses, titles and texts."""

import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desireline.model.faq import Article, ArticleFields, FaqAsked, NewArticle
from desireline.model.imported import ImportedDocuments
from desireline.service.shelf import Shelf, valid

if TYPE_CHECKING:
    from desireline.service.questioning import Questioning

Anchors = Callable[[str, FaqAsked], list[str]]
_NEEDED: Final = ("title",)
_OPTIONAL: Final = ("url", "text", "language", "published")


class Articles:
    """Every method takes an article by its id or its title.

    Args:
        workspace: where they are kept.
        anchors: typical texts of a topic, by its id or name.
    """

    def __init__(self, workspace: "Questioning", anchors: Anchors) -> None:
        self._workspace, self._anchors = workspace, anchors

    def all(self) -> list[Article]:
        """All of them, oldest first."""
        return self.shelf.all() if self._workspace.places.records.exists() else []

    def get(self, which: str) -> Article:
        """One of them.

        Raises:
            UnknownDocument: there is none.
        """
        return self.shelf.get(which)

    def create(self, asked: NewArticle | Mapping[str, Any]) -> Article:
        """Register one; of its topic typical texts are kept, by which it is told again in more data.

        Raises:
            BadQuestion: a field makes no sense.
            NameTaken: another one has that title.
            UnknownDocument: there is no such topic.
        """
        new = valid(NewArticle, asked)
        anchors = [] if new.topic is None else self._anchors(new.topic, new.asked)
        return self.shelf.add({**_fields(new), "name": new.name, "anchors": anchors, "source": "typed"})

    def change(self, which: str, seen: int, fields: Mapping[str, Any]) -> Article:
        """Change fields of one; what is absent stays.

        Raises:
            UnknownDocument: there is no such article or topic.
            StaleDocument: it was changed since `seen`.
            BadQuestion: a field makes no sense.
            NameTaken: another one has that title.
        """
        found = self.get(which)
        new = valid(NewArticle, {**{name: getattr(found, name) for name in NewArticle.model_fields}, **fields})
        anchors = found.anchors
        if (new.topic, new.asked) != (found.topic, found.asked):
            anchors = [] if new.topic is None else self._anchors(new.topic, new.asked)
        return self.shelf.change(found.id, seen, {**_fields(new), "name": new.name, "anchors": anchors})

    def remove(self, which: str, seen: int | None = None) -> Article:
        """Forget one.

        Raises:
            UnknownDocument: there is none.
            StaleDocument: it was changed since `seen`.
        """
        return self.shelf.remove(which, seen)

    def import_file(self, file: str | os.PathLike[str]) -> ImportedDocuments:
        """Register the articles of a help centre's list: CSV, XLSX, JSON. Nothing is fetched.

        Columns: title; url, text, language, published if there are such. A row changes the article of its address,
        else of its title.

        Raises:
            MissingColumn: there is no title.
            FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: as named.
        """
        from desireline.collect.file_rows import read_rows
        from desireline.service.taking_in import take_in

        return take_in(self.shelf, read_rows(Path(file), _NEEDED, _OPTIONAL), self._of_row)

    def _of_row(self, row: dict[str, str], every: Collection[Article]) -> tuple[Article | None, dict[str, Any]]:
        from desireline.voice.texts import readable

        title = readable(row.get("title", ""))[:200].strip()
        told = {name: value for name, value in row.items() if name in _OPTIONAL}
        if "text" in told:
            told["text"] = readable(told["text"])
        new = valid(NewArticle, {**told, "name": title})
        known = next((one for one in every if new.url is not None and one.url == new.url), None)
        if known is None:
            known = next((one for one in every if one.name == title and (new.url is None or one.url is None)), None)
        if known is None and any(one.name == title for one in every):
            title = f"{title} ({new.url})"[:200]
        said = {name: getattr(new, name) for name in told}
        return known, {**said, "name": known.name if known and known.url is None else title, "source": "imported"}

    @property
    def shelf(self) -> Shelf[Article]:
        """Where they lie."""
        return Shelf(self._workspace.records, "article", Article)


def _fields(new: NewArticle) -> dict[str, Any]:
    return {name: getattr(new, name) for name in ArticleFields.model_fields}
