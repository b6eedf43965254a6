"""What every exporter reads: a map as finished texts, numbers and pictures, lane by lane and step by step."""

from dataclasses import dataclass
from typing import Literal

from desireline.model.journey_map import LaneKind
from desireline.model.measurements import Grade


@dataclass(frozen=True)
class Picture:
    """A picture of a card. `data`: its stored bytes, JPEG, PNG or WebP; empty where they could not be had."""

    data: bytes
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Trend:
    """The change against the period before. `good`: None where more is neither better nor worse."""

    text: str
    up: bool
    changed: bool
    good: bool | None


@dataclass(frozen=True)
class Score:
    """What a touchpoint scores from 1 to 5, typed by somebody or measured."""

    label: str
    value: float
    shown: str
    typed: bool


@dataclass(frozen=True)
class Item:
    """A card.

    Attributes:
        id: of the card.
        name: of the library item it refers to, or of what measures it where it has no words; never Markdown.
        text: the card's own words, Markdown.
        plain: name and words without markup.
        question: what the figure says ("Drop-off"), where the words of the card do not.
        measured: the measured figure with its unit ("9,480 people"); None if there is none or it is hidden.
        value: the typed figure with its unit; empty if none was typed.
        typed: its figure is typed and not measured.
        short: the measured figure without its unit, where the lane says the unit.
        part: a measured share, or the share of all people in scope, 0..1; None without one.
        grade: its evidence; None for cards that claim nothing.
        n: people or answers behind it; None if nothing is measured or it is hidden.
        needs: which data would measure it, a sentence; None if it is measured or claims nothing.
        hidden: it is measured by too few to be shown here.
        channel: name of its channel, empty if none.
        span: how many steps wide, never beyond the map's end.
        remarks: small print: interval, hand-over, caveat, owner.
        number: typed or measured figure as a number; of an emotion -2..+2.
    """

    id: str
    name: str
    text: str
    plain: str
    kind: LaneKind
    question: str = ""
    measured: str | None = None
    short: str | None = None
    value: str = ""
    typed: bool = False
    part: float | None = None
    grade: Grade | None = None
    n: int | None = None
    needs: str | None = None
    hidden: bool = False
    number: float | None = None
    trend: Trend | None = None
    spark: tuple[float | None, ...] = ()
    channel: str = ""
    quote: bool = False
    star: bool = False
    span: int = 1
    image: Picture | None = None
    ratings: tuple[Score, ...] = ()
    remarks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    owner: str = ""
    url: str | None = None


@dataclass(frozen=True)
class Point:
    """A point of an emotion curve at the step with index `step`; value None is a gap. `hidden`: too few answers."""

    step: int
    value: float | None
    low: float | None
    high: float | None
    n: int
    grade: Grade
    hidden: bool = False


@dataclass(frozen=True)
class Curve:
    """A computed emotion curve, one point per step. `peak`, `lowest`, `end`: indices of steps."""

    of: Literal["scores", "words", "behaviour"]
    segment: str | None
    points: tuple[Point, ...]
    peak: int | None = None
    lowest: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Flow:
    """People of a stage for the drawn band; rounded where small cells are hidden, so that no few can be read off it."""

    people: int
    goes_on: int
    dropped: int
    open: int
    loops: int


@dataclass(frozen=True)
class StageHead:
    """A stage over `steps` columns from `first` on. `measured`: its figures in words, empty if there are none.

    `lost`: how many of its people went no further, in digits; None if unknown, nobody or too few to show.
    `facts`: what became of its people, label and figure.
    """

    id: str
    name: str
    description: str
    owner: str
    first: int
    steps: int
    measured: str = ""
    grade: Grade | None = None
    flow: Flow | None = None
    lost: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    last: bool = False


@dataclass(frozen=True)
class StepHead:
    """A column, in the stage with index `stage`. `measured`: its people in words, None if unknown or hidden."""

    id: str
    name: str
    description: str
    stage: int
    optional: bool = False
    measured: str | None = None
    owner: str = ""


@dataclass(frozen=True)
class GridLane:
    """A row. `cells[step]` are its cards from top to bottom; `hint` says what it holds, `empty` what would fill it.

    `curves` only of emotion lanes, whose cards are the points set by hand.
    """

    id: str
    kind: LaneKind
    title: str
    hint: str
    cells: tuple[tuple[Item, ...], ...]
    curves: tuple[Curve, ...] = ()
    empty: str = ""

    def items(self) -> list[Item]:
        """All cards, step by step."""
        return [item for cell in self.cells for item in cell]


@dataclass(frozen=True)
class Grid:
    """A map, ready to be set.

    Attributes:
        subtitle: kind, status, for whom.
        goal: what it is for, as somebody wrote it.
        lines: start and end, how much is measured, what part of the data.
        footer: version and day.
        legend: what each evidence badge means.
        notes: what the map does not show.
        hidden: how many figures are hidden because fewer than `threshold` people stand behind them.
        told: the map in one paragraph, for those who hear it.
        empty: a sentence instead of a map that has no stages; else None.
    """

    language: str
    title: str
    subtitle: str
    goal: str
    lines: tuple[str, ...]
    stages: tuple[StageHead, ...]
    steps: tuple[StepHead, ...]
    lanes: tuple[GridLane, ...]
    footer: str
    legend: tuple[tuple[Grade, str], ...]
    notes: tuple[str, ...]
    told: str
    threshold: int | None = None
    hidden: int = 0
    empty: str | None = None
