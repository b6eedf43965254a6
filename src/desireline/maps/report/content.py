"""What a report shows, as finished texts in the reader's language."""

from dataclasses import dataclass, field
from typing import Literal

from desireline.maps.out import Request

Tone = Literal["good", "bad", "even"]


@dataclass(frozen=True)
class Point:
    """A period of a series: value with the ends of its interval, None for none; `over` whether all of it is known."""

    value: float | None
    low: float | None = None
    high: float | None = None
    over: bool = True


@dataclass(frozen=True)
class FigureCard:
    """A KPI.

    Attributes:
        name: of the KPI.
        value: as it is written, or why there is none.
        interval, n, window: as they are written; empty where there is none.
        compared: what it is held against, and whether that is good.
        points: of its series; empty where small groups stay private.
        ends: first and last day of the series.
        scale: least and greatest value of the series' axis.
        formula: how it was computed.
        hidden: whether too few people stand behind it.
    """

    name: str
    value: str
    interval: str = ""
    n: str = ""
    window: str = ""
    compared: tuple[tuple[str, Tone], ...] = ()
    points: tuple[Point, ...] = ()
    ends: tuple[str, str] = ("", "")
    scale: tuple[str, str] = ("", "")
    target: float | None = None
    formula: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Bar:
    """An interval on a line with its zero: fractions of the line from 0 to 1."""

    low: float
    value: float
    high: float
    zero: float
    tone: Tone


@dataclass(frozen=True)
class Entry:
    """Something in a list: a head, lines below it, facts (label and value), and a sign."""

    head: str
    lines: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    mark: str = ""
    tone: Tone = "even"
    bar: Bar | None = None


@dataclass(frozen=True)
class Section:
    """A part of a report. Of `cards`, `entries`, `text` and `map` one is filled; `empty` says why none is."""

    title: str
    note: str = ""
    text: tuple[str, ...] = ()
    cards: tuple[FigureCard, ...] = ()
    entries: tuple[Entry, ...] = ()
    map: Request | None = None
    empty: str = ""


@dataclass(frozen=True)
class Content:
    """A whole report. `words`: what the template says itself."""

    title: str
    description: str
    lines: tuple[str, ...]
    language: str
    footer: str
    sections: tuple[Section, ...]
    words: dict[str, str] = field(default_factory=dict)
