"""Journey maps of a workspace: the one door for the command line, HTTP and notebooks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desireline.model.journey_map import Image, JourneyMap
from desireline.model.library import LibraryItem, LibraryKind
from desireline.model.map_history import (
    Bulk,
    Command,
    Comment,
    Difference,
    Entry,
    KeptVersion,
    MapInfo,
    NewMap,
    Sent,
    Suggestion,
    TemplateInfo,
)
from desireline.model.measured import Compared, Conformance, Measured, Sheet
from desireline.model.question import Filters
from desireline.service.maps import comments, editing, keeping, library, measuring, portfolio, templates
from desireline.service.maps.library import ListedItem

if TYPE_CHECKING:
    from desireline.maps.check import Problem
    from desireline.service.maps.files import ExportFormat, Imported, Preview
    from desireline.service.opened import Opened

LOCAL = "local"
"""The author of everything while there are no accounts: whoever sits at this machine."""


class Maps:
    """Every method takes a map by its id or its name.

    Example:
        >>> import desireline as dl
        >>> ws = dl.open("desireline-data")  # doctest: +SKIP
        >>> ws.maps.draw("Purchase").measured.people_in_scope  # doctest: +SKIP
    """

    def __init__(self, opened: "Opened", author: str = LOCAL) -> None:
        self._opened = opened
        self.author = author

    # --- documents -----------------------------------------------------------------------------------------

    def all(self) -> list[MapInfo]:
        """All maps by name."""
        return portfolio.infos(self._opened.records) if self._opened.places.records.exists() else []

    def sheet(self, which: str, version: int | None = None) -> Sheet:
        """A map with the library items that it uses, the newest version for None; without figures.

        Raises:
            UnknownMap: there is none.
            UnknownVersion: it never had that many.
        """
        records = self._opened.records
        document = keeping.at(records, which, version)
        used = editing.used(document, library.items(records))
        number = version if version is not None else editing.stored(records, which).version
        return Sheet(**document.model_dump(), version=number, library=used)

    def shown(self, which: str, filters: Filters | None = None, segment: str | None = None) -> Sheet:
        """A map with its figures; without any where there are no events or no definition yet."""
        sheet = self.sheet(which)
        return sheet.model_copy(update={"measured": measuring.if_possible(self._opened, sheet, filters, segment)})

    def new(self, asked: NewMap) -> Sheet:
        """Make a map: from a template, from the data, or blank.

        Raises:
            BadName, NameTaken: of the name.
            UnknownTemplate: there is none of that id.
            NoDefinition, NoEvents: nothing to draw from.
        """
        from desireline.service.maps import making

        return self.sheet(making.make(self._opened, asked, self.author).id)

    def draw(self, name: str, goal: str | None = None, definition: str | None = None) -> Sheet:
        """Make a map from the definition and the data, and measure it."""
        return self.shown(self.new(NewMap(name=name, from_data=True, goal=goal, definition=definition)).id)

    def remove(self, which: str) -> None:
        """Delete a map with its versions and comments."""
        records = self._opened.records
        records.maps.remove(editing.stored(records, which).id)

    # --- changes -------------------------------------------------------------------------------------------

    def commit(self, which: str, sent: Sent) -> Entry:
        """Do commands that were made for a certain version.

        Raises:
            StaleCommands: the map has changed since.
            CommandRefused: a command makes no sense; none is done.
        """
        return editing.commit(self._opened.records, which, sent, self.author)

    def apply(self, which: str, commands: Sequence[Command]) -> Entry:
        """Do commands on the newest version."""
        return editing.apply(self._opened.records, which, commands, self.author)

    def since(self, which: str, version: int) -> list[Entry]:
        """What happened after a version, oldest first."""
        return editing.since(self._opened.records, which, version)

    def pulse(self, which: str) -> dict[str, int]:
        """Counters that rise with every change: `version`, `comments`, `library`."""
        records = self._opened.records
        found = editing.stored(records, which)
        return {
            "version": found.version,
            "comments": records.maps.comment_revision(found.id),
            "library": records.library.revision(),
        }

    # --- figures -------------------------------------------------------------------------------------------

    def measured(
        self, which: str, filters: Filters | None = None, segment: str | None = None, curves: Sequence[str] = ()
    ) -> Measured:
        """The figures of a map.

        Args:
            which: the map.
            filters: which events count.
            segment: who counts, a saved one; the map's own scope for None.
            curves: saved segments that get an emotion curve of their own.

        Raises:
            NoEvents, NoDefinition: there is nothing to measure by.
        """
        sheet = self.sheet(which)
        found = measuring.measure(self._opened, sheet, filters, segment, curves)
        if filters in (None, Filters()) and segment is None:
            portfolio.note(self._opened.records, sheet.id, sheet, found)
        return found

    def conformance(
        self, which: str, ideal: str, filters: Filters | None = None, segment: str | None = None,
        failing: Sequence[str] = (),
    ) -> Conformance:  # fmt: skip
        """What people did, compared with the order of an ideal map, in the scope of the first one.

        `failing`: touchpoints of the definition that say that the step before them failed.
        """
        ideal_sheet = self.sheet(ideal)
        return measuring.conformance(self._opened, self.sheet(which), ideal_sheet, filters, segment, failing)

    def suggestions(self, which: str) -> list[Suggestion]:
        """What the data would add to a map or change on it."""
        return measuring.suggestions(self._opened, self.sheet(which))

    def accept(self, which: str, suggestions: Sequence[Suggestion]) -> None:
        """Do what was suggested, each suggestion as a version of its own; its library items come first."""
        for suggestion in suggestions:
            for item in suggestion.library:
                library.put(self._opened.records, item)
            if suggestion.commands:
                self.apply(which, suggestion.commands)

    def check(self, which: str | None = None) -> "list[Problem]":
        """What is bound to measurement and no longer measured; of all maps for None."""
        names = [which] if which is not None else [m.id for m in self.all()]
        return [problem for name in names for problem in measuring.problems(self._opened, self.sheet(name))]

    # --- versions ------------------------------------------------------------------------------------------

    def versions(self, which: str) -> list[KeptVersion]:
        """Versions that were kept under a label, newest first."""
        return keeping.kept(self._opened.records, which)

    def snapshot(self, which: str, label: str, *, measured: bool = True) -> KeptVersion:
        """Keep the map as it is, by default with its figures."""
        figures = self.measured(which) if measured else None
        return keeping.keep(self._opened.records, which, label, self.author, figures)

    def frozen(self, which: str, version: int) -> Measured:
        """The figures that were frozen with a version."""
        return keeping.frozen(self._opened.records, which, version)

    def restore(self, which: str, version: int) -> Entry:
        """Make a map what it was; how it is now is kept before."""
        return keeping.restore(self._opened.records, which, version, self.author)

    def diff(
        self, which: str, other: str | None = None, version: int | None = None, other_version: int | None = None,
        language: str = "en",
    ) -> list[Difference]:  # fmt: skip
        """What one would have to change to make the first map the second one, the same map by default.

        `language`: of the names of lanes without a title.
        """
        from desireline.maps.diff import differences

        records = self._opened.records
        return differences(
            keeping.at(records, which, version), keeping.at(records, other or which, other_version),
            library.items(records), language,
        )  # fmt: skip

    def diff_figures(self, before: Compared, after: Compared, language: str = "en") -> list[Difference]:
        """The figures that differ by more than chance between two maps, moments, periods or segments.

        Raises:
            NotFrozen: the figures of an earlier version were not kept.
            NoEvents, NoDefinition: there is nothing to measure by.
        """
        from desireline.maps.diff_figures import figure_differences

        items = library.items(self._opened.records)
        return figure_differences(self._of(before), self._of(after), items, language)

    def _of(self, one: Compared) -> Sheet:
        if one.version is not None:
            frozen = self.frozen(one.map, one.version)
            return self.sheet(one.map, one.version).model_copy(
                update={"measured": frozen, "snapshot": str(one.version)}
            )
        figures = self.measured(one.map, one.filters, one.segment)
        return self.sheet(one.map).model_copy(update={"measured": figures})

    # --- comments ------------------------------------------------------------------------------------------

    def comments(self, which: str) -> list[Comment]:
        """All comments, oldest first."""
        return comments.listed(self._opened.records, which)

    def comment(self, which: str, given: Comment) -> Comment:
        """Add a comment."""
        return comments.add(self._opened.records, which, given, self.author)

    def change_comment(
        self, which: str, comment: str, text: str | None = None, resolved: bool | None = None
    ) -> Comment:
        """Change a comment, resolve its thread or open it again."""
        return comments.change(self._opened.records, which, comment, text, resolved)

    def remove_comment(self, which: str, comment: str) -> None:
        """Delete a comment."""
        comments.remove(self._opened.records, which, comment)

    # --- many maps -----------------------------------------------------------------------------------------

    def change(self, asked: Bulk) -> list[MapInfo]:
        """Do one change to many maps."""
        return portfolio.change(self._opened.records, asked, self.author)

    def templates(self, language: str = "en") -> list[TemplateInfo]:
        """All templates, own ones first."""
        return templates.listed(self._opened.records, language)

    def save_template(self, which: str) -> TemplateInfo:
        """Keep a map as a template."""
        return templates.save(self._opened.records, which)

    def remove_template(self, template: str) -> None:
        """Forget an own template."""
        templates.remove(self._opened.records, template)

    def library(self) -> list[ListedItem]:
        """All library items, with the maps that refer to them."""
        return library.listed(self._opened.records, self._documents())

    def add_item(self, kind: LibraryKind, name: str, id: str | None = None, **more: Any) -> LibraryItem:  # noqa: A002
        """Add a library item; `more` are its other fields."""
        return library.add(self._opened.records, kind, name, id, more)

    def change_item(self, item: str, given: dict[str, Any]) -> LibraryItem:
        """Change a library item on every map."""
        return library.change(self._opened.records, item, given)

    def remove_item(self, item: str) -> None:
        """Forget a library item that no map uses."""
        library.remove(self._opened.records, item, self._documents())

    def _documents(self) -> list[JourneyMap]:
        return [editing.document(found) for found in self._opened.records.maps.all()]

    # --- files ---------------------------------------------------------------------------------------------

    def formats(self, language: str = "en") -> "list[ExportFormat]":
        """What maps can be written as, and what each cannot hold."""
        from desireline.service.maps.files import formats

        return formats(language)

    def export(
        self, which: str, format: str, *, paper: str = "A3", language: str = "en",  # noqa: A002
        lanes: Sequence[str] = (), snapshot: int | None = None, segment: str | None = None,
    ) -> bytes:  # fmt: skip
        """A map as a file's bytes.

        Args:
            which: the map.
            format: one of `formats`.
            paper: A3, A4 or long; of a PDF.
            language: of all words that are not the team's.
            lanes: ids of the lanes to write; all if there are none.
            snapshot: the version whose frozen figures it shows; those of now for None.
            segment: the saved segment whose figures it shows.

        Raises:
            BadQuestion: no such format, paper or language.
            NotFrozen: that version's figures were not kept.
        """
        from desireline.service.maps.files import export

        frozen = snapshot is not None
        sheet = self._of(Compared(map=which, version=snapshot)) if frozen else self.shown(which, None, segment)
        return export(self._opened, sheet, format, paper, language, lanes)

    def import_file(
        self, name: str, data: bytes, *, rename: str | None = None, columns: dict[str, Any] | None = None,
        language: str = "en",
    ) -> "Imported":  # fmt: skip
        """Make a map from a file.

        Args:
            name: of the file; its ending tells the format where the content does not.
            data: its bytes.
            rename: what to call the map; the file's own name for None.
            columns: how the grid of a spreadsheet is read; guessed for None.
            language: of the notes on what could not be held.

        Raises:
            MapUnreadable: it is no map in any format that is known.
        """
        from desireline.service.maps.files import Imported, read

        made, notes = read(self._opened, name, data, rename, columns, language, self.author)
        return Imported(map=self.sheet(made), notes=notes)

    def preview(self, name: str, data: bytes) -> "Preview":
        """What a file is, and how its grid would be read."""
        from desireline.service.maps.files import preview

        return preview(name, data)

    def add_image(self, name: str, data: bytes) -> Image:
        """Keep a picture; cards refer to it by its hash.

        Raises:
            BadImage: it is none, or too large.
        """
        from desireline.store import images

        kept = images.keep(self._opened.places.images, name, data)
        return Image(sha256=kept.sha256, width=kept.width, height=kept.height)

    def image(self, sha256: str) -> tuple[bytes, str]:
        """The bytes and the media type of a picture."""
        from desireline.store import images

        return images.find(self._opened.places.images, sha256)
