"""A card and what is measured of it, as the finished `Item` that exporters set."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from desireline.i18n import number, translate
from desireline.maps import prose, wording
from desireline.maps.parts import Item, Picture, Score, Trend
from desireline.model.journey_map import Card, HandOff, Lane, LaneKind
from desireline.model.journey_map import Image as StoredImage
from desireline.model.library import LibraryItem
from desireline.model.measured import CardMeasured, Figure, HandOffMeasured, Measured, Sheet
from desireline.model.measurements import Grade

CLAIMS: Final[frozenset[LaneKind]] = frozenset({"touchpoints", "metrics", "emotion", "pain_points"})
"""Lanes whose cards say something that could be measured: without a figure they are assumed."""

ENOUGH: Final = 20
"""People from which on a count is called measured."""

_RATINGS: Final = ("customer", "organisation", "expectation")


@dataclass(frozen=True)
class Reading:
    """What turns cards into items: the sheet, the reader's language, pictures by SHA-256, what had to be hidden."""

    sheet: Sheet
    language: str
    images: Callable[[str], bytes] | None
    hidden: frozenset[str | tuple[str, str]]

    @property
    def library(self) -> dict[str, LibraryItem]:
        """Items by id."""
        return {item.id: item for item in self.sheet.library}

    def say(self, key: str, **params: object) -> str:
        """A text of the catalogue."""
        return translate(self.language, f"map.{key}", **params)


def item(reading: Reading, lane: Lane, card: Card, span: int) -> Item:
    """The card as it is set; `span` already ends with the map."""
    measured = reading.sheet.measured
    found = measured.cards.get(card.id) if measured else None
    figure = found.figure if found else None
    referred = reading.library.get(card.ref) if card.ref else None
    name = referred.name if referred else _named_by_binding(reading, card)
    shown = Item(
        id=card.id,
        name=prose.printable(name),
        text=prose.printable(card.text),
        plain=" ".join(filter(None, (prose.printable(name), prose.plain(card.text)))),
        kind=lane.kind,
        question=reading.say(f"question.{card.bind.question}") if card.bind and lane.kind != "metrics" else "",
        value=_typed(reading, lane, card),
        typed=figure is None and card.value is not None,
        grade=_grade(lane, found, card.id in reading.hidden),
        needs=reading.say(f"needs.{found.needs}") if found and found.needs else None,
        hidden=card.id in reading.hidden,
        number=figure.value if figure else card.value,
        channel=_channel(reading, referred),
        quote=lane.kind == "thoughts",
        star=card.star,
        span=span,
        image=_picture(reading, card.image) if card.image else None,
        ratings=tuple(_ratings(reading, card, found)),
        remarks=tuple(map(prose.printable, _remarks(reading, card, found))),
        tags=tuple(card.tags),
        owner=card.owner or "",
        url=card.url,
    )
    return _measured(reading, shown, figure, card, measured) if figure and measured else shown


def crossing(reading: Reading, key: str, flow: HandOffMeasured, span: int) -> Item:
    """What crosses from one channel to another in a stage, measured."""
    measured = reading.sheet.measured
    grain = measured.grain if measured else "person"
    ends = " → ".join(wording.channel(reading.language, end) for end in (flow.from_, flow.to))
    remarks = []
    if flow.median_seconds is not None:
        remarks.append(reading.say("hand_off.median", time=wording.duration(reading.language, flow.median_seconds)))
    if flow.repeated_share is not None:
        remarks.append(reading.say("hand_off.repeated", share=wording.share(reading.language, flow.repeated_share)))
    return Item(
        id=key,
        name=prose.printable(ends),
        text="",
        plain=prose.printable(ends),
        kind="hand_offs",
        measured=wording.counted(reading.language, flow.people, grain),
        short=number(reading.language, flow.people),
        number=flow.people,
        n=flow.people,
        grade="measured" if flow.people >= ENOUGH else "some",
        span=span,
        remarks=tuple(remarks),
    )


def _named_by_binding(reading: Reading, card: Card) -> str:
    """A bound card without words is named by its question and what that is asked of."""
    if card.bind is None or card.text.strip():
        return ""
    bind, library = card.bind, reading.library
    of = library[bind.touchpoint].name if bind.touchpoint in library else ""
    of = of or next((s.name for s in reading.sheet.stages if s.id == bind.stage), "")
    return ": ".join(filter(None, (of, reading.say(f"question.{bind.question}"))))


def _typed(reading: Reading, lane: Lane, card: Card) -> str:
    if lane.kind == "emotion" and card.value is not None:
        return wording.signed(reading.language, card.value)
    return prose.printable(wording.typed(reading.language, card))


def _grade(lane: Lane, found: CardMeasured | None, hidden: bool) -> Grade | None:
    if hidden:
        return "some"
    if found and found.figure:
        return found.figure.proof.grade
    return "assumed" if lane.kind in CLAIMS or (found and found.needs) else None


def _measured(reading: Reading, shown: Item, figure: Figure, card: Card, measured: Measured) -> Item:
    """The item with its figure."""
    of_all = figure.value / measured.people_in_scope if figure.value and measured.people_in_scope else None
    part = figure.value if figure.unit == "share" else of_all if figure.unit == "people" else None
    return replace(
        shown,
        measured=wording.figure(reading.language, figure, measured.grain),
        short=wording.amount(reading.language, figure.value, figure.unit),
        n=figure.n,
        part=min(1.0, part) if part is not None else None,
        spark=tuple(figure.spark),
        trend=_trend(reading, figure, card),
    )


def _trend(reading: Reading, figure: Figure, card: Card) -> Trend | None:
    if figure.change is None:
        return None
    told = wording.change(reading.language, figure.change, figure.unit)
    up = figure.change.difference > 0
    better = wording.BETTER.get(card.bind.question) if card.bind else None
    return Trend(told, up, figure.change.changed, None if better is None else better == up)


def _channel(reading: Reading, referred: LibraryItem | None) -> str:
    found = reading.library.get(referred.channel) if referred and referred.channel else None
    return prose.printable(found.name) if found else ""


def _picture(reading: Reading, image: StoredImage) -> Picture:
    data = reading.images(image.sha256) if reading.images else b""
    return Picture(data, prose.printable(image.alt), image.width, image.height)


def _ratings(reading: Reading, card: Card, found: CardMeasured | None) -> list[Score]:
    told = []
    for name in _RATINGS:
        label = reading.say(f"rating.{name}")
        given = getattr(card.ratings, name) if card.ratings else None
        if given is not None:
            told.append(Score(label, given, number(reading.language, given), typed=True))
        figure = found.ratings.get(name) if found else None
        if figure and figure.value is not None:
            told.append(Score(label, figure.value, number(reading.language, figure.value, 1), typed=False))
    return told


def _remarks(reading: Reading, card: Card, found: CardMeasured | None) -> list[str]:
    """Small print below the words."""
    figure = found.figure if found else None
    told = []
    if figure and (interval := wording.interval(reading.language, figure)):
        told.append(interval)
    if figure and figure.unit != "people":
        told.append(reading.say("n", n=figure.n))
    if figure and figure.proof.grade == "some" and figure.proof.freshness < 0.5 and figure.proof.last_true:
        last = wording.day(reading.language, figure.proof.last_true)
        told.append(reading.say("evidence.last_seen", date=last))
    if found and found.caveat:
        told.append(reading.say(f"caveat.{found.caveat}"))
    if card.hand_off:
        told += _hand_off(reading, card.hand_off)
    if card.link:
        told.append(reading.say("linked", name=card.link))
    if card.owner:
        told.append(reading.say("owner", name=card.owner))
    return told


def _hand_off(reading: Reading, hand_off: HandOff) -> list[str]:
    ends = " → ".join(filter(None, (hand_off.from_, hand_off.to)))
    asked = prose.plain(hand_off.asked_twice)
    return [t for t in (ends, reading.say("hand_off.asked_twice", what=asked) if asked else "") if t]
