"""What a card says on a slide: paragraphs, measured before they are drawn and cut where a card would get too long."""

from dataclasses import dataclass
from typing import Final

from desireline.i18n import translate
from desireline.maps.parts import Item
from desireline.maps.prose import blocks
from desireline.maps.typeface import Line, Span, wrap

TEXT, SMALL, FIGURE = 10.0, 8.0, 14.0
LEADING: Final = 1.25
"""Line height by size of letters."""

MOST_LINES, MOST_SMALL_LINES = 12, 9
"""Of a card's words, and of what stands below them; the rest is in the notes."""

PAD_X, PAD_Y = 5.0, 3.5

BADGE: Final = 9.0
"""Kept free at the right of a card for its evidence badge."""


@dataclass(frozen=True)
class Paragraph:
    """Spans of one paragraph and the lines they take. `indent` in points; `mark`: bullet or number."""

    spans: tuple[Span, ...]
    size: float
    lines: int
    indent: float = 0.0

    @property
    def height(self) -> float:
        """In points."""
        return self.lines * self.size * LEADING


@dataclass(frozen=True)
class Told:
    """A text of known height. `cut`: the whole of it, if something had to be left out."""

    paragraphs: tuple[Paragraph, ...]
    cut: str | None = None

    @property
    def height(self) -> float:
        """In points, without padding."""
        return sum(p.height for p in self.paragraphs)


def paragraph(spans: list[Span], room: float, indent: float = 0.0) -> Paragraph:
    """A paragraph set in a column `room` wide."""
    size = max((s.size for s in spans), default=TEXT)
    return Paragraph(tuple(spans), size, len(wrap(spans, room - indent)), indent)


def simple(text: str, size: float, room: float, *, bold: bool = False, look: str = "", most: int | None = None) -> Told:
    """One paragraph of like words, cut after `most` lines."""
    return _cut([paragraph([Span(text, size, bold, look=look)], room)], room, most or 10**6, text)


def card(item: Item, language: str, room: float) -> Told:
    """Everything that a card says: name, words, figure, small print."""
    inner = room - 2 * PAD_X - (BADGE if item.grade else 0)
    words: list[Paragraph] = []
    if item.star:
        words.append(paragraph([Span(f"★ {translate(language, 'map.star')}", SMALL, look="star")], inner))
    if item.name:
        words.append(paragraph([Span(item.name, TEXT, bold=True)], inner))
    for block in blocks(item.text):
        indent = 8.0 * block.level
        mark = [Span(f"{block.mark} ", TEXT)] if block.mark else []
        spans = [
            Span(r.text, TEXT, r.bold, r.italic or item.quote, "code" if r.code else "", r.href) for r in block.runs
        ]
        words.append(paragraph(mark + spans, inner, indent))
    told = _cut(words, inner, MOST_LINES, item.plain)
    ground = _cut(_ground(item, language, inner), inner, MOST_SMALL_LINES, " · ".join((item.plain, *item.remarks)))
    return Told((*told.paragraphs, *ground.paragraphs), ground.cut or told.cut)


def _ground(item: Item, language: str, inner: float) -> list[Paragraph]:
    """The figure and the small print below the words."""
    found = []
    spans: list[Span] = []
    size = FIGURE if item.kind == "metrics" else TEXT
    if item.hidden:
        spans.append(Span(translate(language, "map.hidden.figure"), SMALL, look="faint"))
    if item.measured:
        spans += [Span(f"{item.question} ", SMALL)] if item.question else []
        spans.append(Span(item.measured, size, bold=True))
    if item.trend:
        arrow = "▲" if item.trend.up else "▼"
        spans.append(Span(f"  {arrow} {item.trend.text}", SMALL, look="" if item.trend.changed else "faint"))
    if item.value:
        spans += [Span("  ", SMALL)] if spans else []
        spans.append(Span(item.value, size, look="typed"))
    if spans:
        found.append(paragraph(spans, inner))
    for score in item.ratings:
        shown = Span(f"{score.shown}/5", SMALL, bold=not score.typed, look="typed" if score.typed else "path")
        found.append(paragraph([Span(f"{score.label} ", SMALL, look="faint"), shown], inner))
    small = [*item.remarks, *([item.channel] if item.channel else []), *(f"#{tag}" for tag in item.tags)]
    if small:
        found.append(paragraph([Span(" · ".join(small), SMALL, look="faint")], inner))
    if item.url:
        found.append(paragraph([Span(item.url, SMALL, look="link", href=item.url)], inner))
    return found


def _cut(paragraphs: list[Paragraph], room: float, most: int, whole: str) -> Told:
    """The first `most` lines, the last of them ending in an ellipsis."""
    kept: list[Paragraph] = []
    left = most
    for p in paragraphs:
        if p.lines <= left:
            kept.append(p)
            left -= p.lines
            continue
        if left > 0:
            lines = wrap(p.spans, room - p.indent)[:left]
            kept.append(Paragraph(_shortened(lines), p.size, left, p.indent))
        return Told(tuple(kept), whole)
    return Told(tuple(kept))


def _shortened(lines: list[Line]) -> tuple[Span, ...]:
    """The spans of some lines; the last gives up its end for an ellipsis."""
    spans = [span for line in lines for span in (*line, Span(" ", line[0].size if line else TEXT))]
    while spans and not spans[-1].text.strip():
        spans.pop()
    if not spans:
        return ()
    last = spans[-1]
    shorter = last.text.rstrip()[: max(0, len(last.text.rstrip()) - 3)]
    return (*spans[:-1], Span(f"{shorter}…", last.size, last.bold, last.italic, last.look, last.href))
