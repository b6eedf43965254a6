"""PowerPoint: native shapes, tables and text, nothing drawn as one picture.

A title slide, then slides of up to eight steps with their heads repeated. Every text is measured before it is placed;
what does not fit goes on to the next slide, and what was cut stands in the notes.
"""

import datetime as dt
import io
from collections import deque
from typing import Any, Final

from pptx import Presentation
from pptx.util import Pt

from desireline.i18n import translate
from desireline.maps import drawn
from desireline.maps.drawn import View
from desireline.maps.out import Request
from desireline.maps.out.slide_rows import LABEL, Row, drawing_on, lane_rows
from desireline.maps.out.slide_shapes import badge, rgb, rule, text_box, write_into
from desireline.maps.out.slide_texts import SMALL, Told, paragraph, simple
from desireline.maps.pages import runs
from desireline.maps.parts import Grid, GridLane
from desireline.maps.typeface import Span

LOSES: Final = ("bindings", "commands_and_history")

WIDTH, HEIGHT = 960.0, 540.0
MARGIN: Final = 28.0
_HEADS, _BOTTOM, _FOOTER = 62.0, 512.0, 518.0
_NARROWEST, _WIDEST = 100.0, 260.0
_ROOM: Final = WIDTH - 2 * MARGIN - LABEL


def write(request: Request) -> bytes:
    """The map as a presentation."""
    file = presentation()
    deck = add_to(file, request)
    return deck.saved(request.sheet.measured.as_of if request.sheet.measured else None)


def presentation() -> Any:
    """One without slides, as wide as ours."""
    file = Presentation()
    file.slide_width, file.slide_height = Pt(WIDTH), Pt(HEIGHT)
    return file


def add_to(file: Any, request: Request) -> "Deck":
    """The map's slides at the end of a presentation."""
    deck = Deck(request.grid, file)
    deck.title_slide()
    for lo, hi in runs(request.grid, int(_ROOM / _NARROWEST)):
        deck.columns(View(lo, hi, min(_WIDEST, _ROOM / (hi - lo)), 0.0))
    return deck


def blank_slide(file: Any, title: Told, height: float) -> Any:
    """A slide of paper with its title, at the end of a presentation."""
    slide = file.slides.add_slide(file.slide_layouts[5])
    slide.shapes.turbo_add_enabled = True
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = rgb("paper")
    holder = slide.shapes.title
    holder.left, holder.top, holder.width, holder.height = (Pt(v) for v in (MARGIN, 16, WIDTH - 2 * MARGIN, height))
    write_into(holder.text_frame, title, pad=(0, 0))
    for line in holder.text_frame.paragraphs:
        line.alignment = 1
    return slide


class Deck:
    """The slides so far."""

    def __init__(self, grid: Grid, file: Any) -> None:
        self.grid, self.file = grid, file

    def saved(self, counted: dt.datetime | None) -> bytes:
        """The whole presentation as a file."""
        about = self.file.core_properties
        about.title, about.author, about.language = self.grid.title, "Desireline", self.grid.language
        about.subject, about.comments = self.grid.subtitle[:255], self.grid.footer[:255]
        about.created = about.modified = (counted or dt.datetime(2000, 1, 1, tzinfo=dt.UTC)).replace(tzinfo=None)
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _footer(self, slide: Any) -> None:
        room = WIDTH - 2 * MARGIN
        number = f"{self.grid.footer} · {len(self.file.slides)}"
        told = simple(number, SMALL, room, look="faint", most=1)
        text_box(slide.shapes, told, MARGIN, _FOOTER, room, told.height, name="footer")

    # --- the first slide -----------------------------------------------------------------------------------

    def title_slide(self) -> None:
        """Name, what it shows, for what, how to read it, and what it leaves out."""
        room = WIDTH - 2 * MARGIN
        title = simple(self.grid.title, 28, room, bold=True, most=4)
        slide = blank_slide(self.file, title, title.height)
        y = 16 + title.height + 10
        lines = [self.grid.subtitle, *self.grid.lines, *([self.grid.empty] if self.grid.empty else [])]
        texts = [simple(line, 12, room, look="quiet", most=3) for line in lines]
        texts += [simple(self.grid.goal, 14, room, most=6)] if self.grid.goal else []
        for told in texts:
            text_box(slide.shapes, told, MARGIN, y, room, told.height)
            y += told.height + 5
        y = self._legend(slide, y + 12)
        for note in self.grid.notes:
            told = simple(note, 9, room, look="faint", most=4)
            if y + told.height < _BOTTOM:
                text_box(slide.shapes, told, MARGIN, y, room, told.height)
            y += told.height + 4
        self._path(slide, y)
        self._footer(slide)
        slide.notes_slide.notes_text_frame.text = "\n\n".join(
            filter(None, (self.grid.title, self.grid.goal, self.grid.told, *self.grid.notes))
        )

    def _path(self, slide: Any, y: float) -> None:
        """The whole path at the foot of the slide, if there is room."""
        n, room = len(self.grid.steps), WIDTH - 2 * MARGIN
        if n and y + 130 < _BOTTOM:
            shapes = drawn.band(self.grid.stages, View(0, n, room / n, 120.0))
            drawing_on(slide.shapes, self.grid.title, self.grid.told, shapes, MARGIN, _BOTTOM - 120)

    def _legend(self, slide: Any, y: float) -> float:
        for grade, text in self.grid.legend:
            badge(slide.shapes, MARGIN, y + 3, grade)
            told = simple(text, 9, WIDTH - 2 * MARGIN - 14)
            text_box(slide.shapes, told, MARGIN + 14, y, WIDTH - 2 * MARGIN - 14, told.height)
            y += told.height + 3
        typed = translate(self.grid.language, "map.legend.typed")
        spans = [Span("12", 9, look="typed"), Span(f"  {typed}", 9)]
        told = Told((paragraph(spans, WIDTH - 2 * MARGIN),))
        text_box(slide.shapes, told, MARGIN, y, WIDTH - 2 * MARGIN, told.height)
        return y + told.height + 12

    # --- the map -------------------------------------------------------------------------------------------

    def columns(self, view: View) -> None:
        """All lanes of some columns, on as many slides as they need."""
        waiting = deque(row for lane in self.grid.lanes for row in lane_rows(self.grid, lane, view))
        heads = _Heads(self.grid, view)
        begun: set[str] = set()
        first = True
        while waiting or first:
            first = False
            slide, y = self._map_slide(view, heads)
            self._fill(slide, waiting, begun, view, heads, y)

    def _fill(
        self, slide: Any, waiting: "deque[Row]", begun: set[str], view: View, heads: "_Heads", top: float
    ) -> None:
        """Rows from the front of `waiting`, as many as fit on the slide and one at least."""
        cut, y, last = list(heads.cut), top, ""
        while waiting:
            row = waiting[0]
            label = _label(self.grid, row.lane, row.lane.id in begun) if row.lane.id != last else None
            height = max(row.height, label.height + 6 if label else 0.0)
            if y + height > _BOTTOM and last:
                break
            if label:
                if last:
                    rule(slide.shapes, MARGIN, y, MARGIN + LABEL + view.width, y)
                text_box(slide.shapes, label, MARGIN, y + 3, LABEL - 8, label.height, name=row.lane.title)
            row.draw(slide.shapes, MARGIN + LABEL, y)
            cut += row.cut
            y += height
            last = row.lane.id
            begun.add(last)
            waiting.popleft()
        self._borders(slide, view, max(heads.bottom, y))
        if cut:
            slide.notes_slide.notes_text_frame.text = "\n\n".join(cut)

    def _map_slide(self, view: View, heads: "_Heads") -> tuple[Any, float]:
        title = simple(self.grid.title, 18, WIDTH - 2 * MARGIN, bold=True, most=1)
        slide = blank_slide(self.file, title, title.height)
        part = {"first": view.lo + 1, "last": view.hi, "n": len(self.grid.steps)}
        shown = translate(self.grid.language, "map.steps_shown", **part)
        whole = view.hi - view.lo == len(self.grid.steps)
        told = simple(self.grid.subtitle if whole else f"{self.grid.subtitle} · {shown}", 9, WIDTH - 2 * MARGIN, most=1)
        text_box(slide.shapes, told, MARGIN, 42, WIDTH - 2 * MARGIN, told.height, "ink-2")
        heads.draw(slide)
        self._footer(slide)
        return slide, heads.bottom + 2

    def _borders(self, slide: Any, view: View, bottom: float) -> None:
        """Lines between stages, behind everything else."""
        for stage in self.grid.stages:
            if view.lo <= stage.first < view.hi:
                x = MARGIN + LABEL + (stage.first - view.lo) * view.column
                line = rule(slide.shapes, x, _HEADS, x, bottom)
                line.name = "border"
                slide.shapes._spTree.insert(2, line._element)  # noqa: SLF001 (order has no other door)


def _label(grid: Grid, lane: GridLane, continued: bool) -> Told:
    """Name of a lane, and what it holds or that it goes on."""
    name = simple(lane.title, 10, LABEL - 8, bold=True, most=4)
    below = translate(grid.language, "map.lane.continued") if continued else lane.hint
    hint = simple(below, 7.5, LABEL - 8, look="faint", most=5)
    return Told((*name.paragraphs, *(hint.paragraphs if below else ())), name.cut)


class _Heads:
    """Names of stages and steps over the columns, measured once."""

    def __init__(self, grid: Grid, view: View) -> None:
        self.view = view
        self.cut: list[str] = []
        self.stages: list[tuple[float, float, Told]] = []
        self.steps: list[tuple[float, float, Told]] = []
        for stage in grid.stages:
            start, end = max(stage.first, view.lo), min(stage.first + stage.steps, view.hi)
            if start < end:
                name = stage.name
                if start > stage.first:
                    name = translate(grid.language, "map.stage_continued", name=name)
                self._add(self.stages, start, end - start, name, stage.measured, 12, 2)
        for k, step in enumerate(grid.steps[view.lo : view.hi], view.lo):
            extra = [step.measured or "", translate(grid.language, "map.optional") if step.optional else ""]
            self._add(self.steps, k, 1, step.name, " · ".join(filter(None, extra)), 9, 3)
        self.middle = _HEADS + max((told.height for *_, told in self.stages), default=0.0) + 4
        self.bottom = self.middle + max((told.height for *_, told in self.steps), default=0.0) + 4

    def _add(
        self, to: list[tuple[float, float, Told]], start: int, n: int, name: str, below: str, size: float, most: int
    ) -> None:
        room = n * self.view.column - 8
        told = simple(name, size, room, bold=True, most=most) if name else Told(())
        small = simple(below, SMALL, room, look="faint", most=2) if below else Told(())
        self.cut += [told.cut] if told.cut else []
        x = MARGIN + LABEL + (start - self.view.lo) * self.view.column + 4
        to.append((x, room, Told((*told.paragraphs, *small.paragraphs))))

    def draw(self, slide: Any) -> None:
        """On a slide, over a strong line."""
        for y, heads in ((_HEADS, self.stages), (self.middle, self.steps)):
            for x, room, told in heads:
                if told.paragraphs:
                    text_box(slide.shapes, told, x, y, room, told.height, name="head")
        line = rule(slide.shapes, MARGIN, self.bottom, MARGIN + LABEL + self.view.width, self.bottom, "ink", 0.75)
        line.name = "heads"
