"""A report as a presentation: native shapes and texts, six figures or as many findings as fit on a slide."""

import datetime as dt
import io
from typing import Any, Final

from pptx.util import Pt

from desireline.maps.out.pptx import HEIGHT, MARGIN, WIDTH, add_to, blank_slide, presentation
from desireline.maps.out.slide_shapes import card_box, paint, rgb, rule, text_box
from desireline.maps.out.slide_texts import Told, simple
from desireline.maps.report.content import Bar, Content, Entry, FigureCard, Section
from desireline.maps.report.slide_chart import chart

_ROOM: Final = WIDTH - 2 * MARGIN
_TOP, _BOTTOM = 74.0, HEIGHT - 30
_GAP: Final = 12.0
_ACROSS, _DOWN = 3, 2
_PAD: Final = 12.0
_COLOURS: Final = {"good": "path", "bad": "bad", "even": "ink-2"}
_SIGNS: Final = {"good": "▲", "bad": "▼", "even": "●"}
_FACTS: Final = 220.0
_BAR: Final = 150.0


def write(content: Content, made: dt.datetime) -> bytes:
    """The report.

    Args:
        content: what it shows.
        made: when its figures were measured.
    """
    file = presentation()
    _title(file, content)
    for section in content.sections:
        if section.map is not None:
            add_to(file, section.map)
        else:
            _section(file, content, section)
    _formulas(file, content)
    about = file.core_properties
    about.title, about.author, about.language = content.title, "Desireline", content.language
    about.created = about.modified = made.replace(tzinfo=None)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _title(file: Any, content: Content) -> None:
    title = simple(content.title, 34, _ROOM, bold=True, most=3)
    slide = blank_slide(file, title, title.height)
    slide.shapes.title.top = Pt(110)
    y = 110 + title.height + 16
    for text, size in ((content.description, 14.0), *((line, 11.0) for line in content.lines)):
        told = simple(text, size, _ROOM * 0.8, look="quiet", most=4)
        text_box(slide.shapes, told, MARGIN, y, _ROOM * 0.8, told.height)
        y += told.height + 5 if text else 0
    y += 18
    for section in content.sections:
        told = simple(section.title, 11, _ROOM, most=1)
        if y + told.height < _BOTTOM:
            text_box(slide.shapes, told, MARGIN, y, _ROOM, told.height)
        y += told.height + 4
    _foot(slide, content, file)


def _slide(file: Any, content: Content, section: Section, *, first: bool) -> Any:
    title = simple(section.title, 20, _ROOM, bold=True, most=1)
    slide = blank_slide(file, title, title.height)
    if first and section.note:
        told = simple(section.note, 9, _ROOM, look="quiet", most=2)
        text_box(slide.shapes, told, MARGIN, 46, _ROOM, told.height)
        if told.cut:
            slide.notes_slide.notes_text_frame.text = section.note
    _foot(slide, content, file)
    return slide


def _foot(slide: Any, content: Content, file: Any) -> None:
    told = simple(f"{content.footer} · {len(file.slides)}", 8, _ROOM, look="faint", most=1)
    text_box(slide.shapes, told, MARGIN, HEIGHT - 22, _ROOM, told.height, name="footer")


def _section(file: Any, content: Content, section: Section) -> None:
    slide = _slide(file, content, section, first=True)
    if section.empty:
        _put(slide, simple(section.empty, 13, _ROOM * 0.8, look="quiet", most=8), MARGIN, _TOP + 10)
    y = _TOP + 10
    for text in section.text:
        told = simple(text, 14, _ROOM * 0.8, most=18)
        if y + told.height > _BOTTOM:
            slide, y = _slide(file, content, section, first=False), _TOP
        _put(slide, told, MARGIN, y)
        y += told.height + 10
    per_slide = _ACROSS * _DOWN
    for k, card in enumerate(section.cards):
        if k and k % per_slide == 0:
            slide = _slide(file, content, section, first=False)
        _card(slide, card, k % per_slide)
    y = _TOP
    for k, entry in enumerate(section.entries):
        texts = _entry_texts(entry)
        height = _entry_height(entry, texts)
        if y + height > _BOTTOM and y > _TOP:
            slide, y = _slide(file, content, section, first=False), _TOP - 20
        _entry(slide, k, entry, texts, y)
        y += height


def _put(slide: Any, told: Told, x: float, y: float, colour: str = "ink") -> float:
    """The lower end of a text that was put there."""
    room = max(40.0, WIDTH - MARGIN - x)
    text_box(slide.shapes, told, x, y, room, told.height, colour)
    return y + told.height


# --- a figure ----------------------------------------------------------------------------------------------


def _card(slide: Any, card: FigureCard, place: int) -> None:
    wide = (_ROOM - (_ACROSS - 1) * _GAP) / _ACROSS
    high = (_BOTTOM - _TOP - (_DOWN - 1) * _GAP) / _DOWN
    x, y = MARGIN + (place % _ACROSS) * (wide + _GAP), _TOP + (place // _ACROSS) * (high + _GAP)
    card_box(slide.shapes, x, y, wide, high, "white", "rule", dashed=False)
    left, room, at = x + _PAD, wide - 2 * _PAD, y + 9
    at = _line(slide, simple(card.name, 11, room, bold=True, most=2), left, at, room)
    at = _line(slide, simple(card.window, 8, room, look="faint", most=1), left, at, room) + 3
    if card.hidden:
        _line(slide, simple(card.value, 10, room, look="quiet", most=5), left, at, room)
        return
    at = _line(slide, simple(card.value, 20 if len(card.value) < 15 else 14, room, bold=True, most=1), left, at, room)
    ground = "  ".join(filter(None, (card.interval, card.n)))
    at = _line(slide, simple(ground, 8.5, room, look="quiet", most=1), left, at, room) + 3
    for text, tone in card.compared:
        told = simple(f"{_SIGNS[tone]} {text}", 8, room, most=2)
        text_box(slide.shapes, told, left, at, room, told.height, _COLOURS[tone])
        at += told.height + 1
    if sum(one.value is not None for one in card.points) > 1:
        below = y + high - 18
        chart(slide.shapes, card, left, at + 6, room - 46, max(18.0, below - at - 10))
        for text, where in ((card.scale[1], at + 4), (card.scale[0], below - 12)):
            _line(slide, simple(text, 7.5, 44, look="faint", most=1), left + room - 42, where, 44)
        _line(slide, simple("  –  ".join(card.ends), 7.5, room, look="faint", most=1), left, below, room)


def _line(slide: Any, told: Told, x: float, y: float, room: float) -> float:
    text_box(slide.shapes, told, x, y, room, told.height)
    return y + told.height + 1


# --- a finding ---------------------------------------------------------------------------------------------


def _entry_texts(entry: Entry) -> list[Told]:
    room = _ROOM - _FACTS - 50
    head = f"{entry.head}   [{entry.mark}]" if entry.mark else entry.head
    return [
        simple(head, 11.5, room, bold=True, most=2),
        *(simple(one, 9.5, room, look="quiet", most=5) for one in entry.lines),
    ]


def _entry_height(entry: Entry, told: list[Told]) -> float:
    left = sum(one.height + 3 for one in told)
    right = len(entry.facts) * 14 + (16 if entry.bar else 0)
    return max(left, right) + 14


def _entry(slide: Any, place: int, entry: Entry, told: list[Told], y: float) -> None:
    _put(slide, simple(str(place + 1), 13, 26, bold=True, look="faint"), MARGIN, y)
    room, at = _ROOM - _FACTS - 50, y
    for one in told:
        at = _line(slide, one, MARGIN + 30, at, room) + 2
    right, at = WIDTH - MARGIN - _FACTS, y
    if entry.bar:
        _bar(slide, entry.bar, right, at)
        at += 16
    for label, value in entry.facts:
        name, said = simple(label, 8.5, 100, look="faint", most=1), simple(value, 9, _FACTS - 100, bold=True, most=1)
        text_box(slide.shapes, name, right, at, 100, name.height)
        text_box(slide.shapes, said, right + 100, at, _FACTS - 100, said.height)
        at += 14
    bottom = y + _entry_height(entry, told) - 7
    rule(slide.shapes, MARGIN, bottom, WIDTH - MARGIN, bottom)


def _bar(slide: Any, bar: Bar, x: float, y: float) -> None:
    colour = _COLOURS[bar.tone]
    rule(slide.shapes, x, y + 6, x + _BAR, y + 6)
    rule(slide.shapes, x + bar.zero * _BAR, y, x + bar.zero * _BAR, y + 12, "ink-3", 0.75)
    span = slide.shapes.add_shape(
        1, Pt(x + bar.low * _BAR), Pt(y + 4), Pt(max(1.0, (bar.high - bar.low) * _BAR)), Pt(4)
    )
    paint(span, {"path": "path-soft", "bad": "bad-soft"}.get(colour, "rule"), None)
    dot = slide.shapes.add_shape(9, Pt(x + bar.value * _BAR - 3), Pt(y + 3), Pt(6), Pt(6))
    paint(dot, colour, None)
    dot.fill.fore_color.rgb = rgb(colour)


def _formulas(file: Any, content: Content) -> None:
    told = list(dict.fromkeys((c.name, c.formula) for s in content.sections for c in s.cards if c.formula))
    section = Section(content.words["formulas"])
    slide, y = None, _BOTTOM
    for name, formula in told:
        texts = [simple(name, 10, _ROOM, bold=True, most=1), simple(formula, 9, _ROOM * 0.9, look="quiet", most=4)]
        height = sum(one.height for one in texts) + 9
        if slide is None or y + height > _BOTTOM:
            slide, y = _slide(file, content, section, first=False), _TOP - 20
        for one in texts:
            y = _put(slide, one, MARGIN, y)
        y += 9
