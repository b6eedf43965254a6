"""What messages of one offer say against each other, while they are shown at the same time."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from desireline.model.promise import (
    TONE,
    Contradiction,
    Extraction,
    Message,
    MissingPromise,
    Misspelling,
    PromiseKind,
    Promises,
    ReadMessage,
    Side,
    Sure,
    ToneDifference,
)
from desireline.voice.promises.tone import words_in

KUNA: Final = 7.5345
"""Kuna for a euro, fixed by Council Regulation (EU) 2022/1208: both are written side by side in Croatia."""

_LOOSE: Final[frozenset[PromiseKind]] = frozenset({"duration", "date", "share", *TONE})
"""Kinds that need not be about the same thing: two of them do not contradict each other."""

PRESSING: Final = 2.0
"""Words that press in a hundred from which a text presses, where another one of the offer has none."""

MOST_HOURS: Final = 31 * 24.0


def compared(read: Sequence[ReadMessage], unread: Sequence[str] = ()) -> Promises:
    """Contradictions and softer differences of messages; those of one offer are compared in pairs.

    Two messages contradict each other in a kind if both say it and no value of one is compatible with a value of the
    other: a message may say an old and a new price. Amounts in different currencies are not compared, except kuna and
    euro at their fixed rate.

    Args:
        read: messages with what was found in them.
        unread: names of messages that nothing was extracted of.
    """
    offers: dict[str, list[ReadMessage]] = {}
    for one in read:
        offers.setdefault(one.message.offer.casefold(), []).append(one)
    against = [found for group in offers.values() for found in _contradictions(group)]
    sure = sorted((one for one in against if one.sure != "ranges_differ"), key=lambda one: one.sure)
    return Promises(
        messages=len(read), offers=len(offers), contradictions=sure,
        differing=[one for one in against if one.sure == "ranges_differ"],
        missing=[found for group in offers.values() for found in _missing(group)],
        tone=[found for group in offers.values() for found in _tone(group)],
        brand=[found for one in read for found in _misspelt(one)], unread=list(unread),
    )  # fmt: skip


def _contradictions(group: Sequence[ReadMessage]) -> Iterator[Contradiction]:
    for a, b in combinations(group, 2):
        shared = _together(a.message, b.message)
        if shared is None:
            continue
        says, other = _by_kind(a), _by_kind(b)
        for kind in sorted((says.keys() & other.keys()) - _LOOSE):
            sure = _against(says[kind], other[kind])
            if sure is not None:
                sides = [_side(a.message, says[kind]), _side(b.message, other[kind])]
                yield Contradiction(offer=a.message.offer, kind=kind, sure=sure, valid_from=shared[0],
                                    valid_until=shared[1], sides=sides)  # fmt: skip


def _together(a: Message, b: Message) -> tuple[dt.date | None, dt.date | None] | None:
    """The days on which both are shown, None for never."""
    starts = [day for day in (a.valid_from, b.valid_from) if day is not None]
    ends = [day for day in (a.valid_until, b.valid_until) if day is not None]
    first, last = max(starts, default=None), min(ends, default=None)
    return None if first is not None and last is not None and last < first else (first, last)


def _by_kind(one: ReadMessage) -> dict[PromiseKind, list[Extraction]]:
    found: dict[PromiseKind, list[Extraction]] = {}
    for extraction in one.found:
        found.setdefault(extraction.kind, []).append(extraction)
    return found


def _against(one: Sequence[Extraction], other: Sequence[Extraction]) -> Sure | None:
    """How surely two messages contradict each other in a kind; None if a value of one fits one of the other."""
    if one[0].kind == "opening_hours":
        return _hours_against(one, other)
    judged = [_pair(a, b) for a in one for b in other]
    known = [sure for sure in judged if sure != "apart"]
    if not known or "same" in known:
        return None
    return next(sure for sure in _ORDER if sure in known)


_ORDER: Final[tuple[Sure, ...]] = ("ranges_differ", "exact", "ranges_apart")
"""The mildest reading of several pairs holds; a range apart is only said where no pair of single values differs."""


def _pair(a: Extraction, b: Extraction) -> Sure | str:
    """How two values stand to each other: `same`, `apart` if they cannot be compared, or how surely they differ."""
    if a.unit == b.unit == "date":
        return (
            "same" if a.value.removeprefix("--")[-5:] == b.value.removeprefix("--")[-5:] and _years(a, b) else "exact"
        )
    both = _comparable(a, b)
    if both is None:
        return "apart"
    (low, high), (other_low, other_high), converted = both
    if _close(low, other_low, converted) and _close(high, other_high, converted):
        return "same"
    single = low == high and other_low == other_high
    open_alike = (low is None and other_low is None) or (high is None and other_high is None)
    if not converted and (single or open_alike):
        return "exact"
    begin = max(end for end in (low, other_low, float("-inf")) if end is not None)
    finish = min(end for end in (high, other_high, float("inf")) if end is not None)
    if begin > finish:
        return "exact" if single else "ranges_apart"
    within = low == high or other_low == other_high
    return "same" if within else "ranges_differ"


def _years(a: Extraction, b: Extraction) -> bool:
    return a.low is None or b.low is None or a.low == b.low


Ends = tuple[float | None, float | None]


def _comparable(a: Extraction, b: Extraction) -> tuple[Ends, Ends, bool] | None:
    """The ends of two values in the same unit, and whether they had to be converted; None if they have none."""
    if a.unit == b.unit:
        return (a.low, a.high), (b.low, b.high), False
    if "free" in {a.unit, b.unit}:
        return (a.low, a.high), (b.low, b.high), False
    if {a.unit, b.unit} == {"EUR", "HRK"}:
        return _in_euro(a), _in_euro(b), True
    if {a.unit, b.unit} <= _HOURS.keys():
        return _in_hours(a), _in_hours(b), True
    return None


def _in_euro(one: Extraction) -> Ends:
    rate = KUNA if one.unit == "HRK" else 1.0
    low, high = ((None if end is None else round(end / rate, 2)) for end in (one.low, one.high))
    return low, high


_HOURS: Final = {"hour": (1.0, 1.0), "day": (24.0, 24.0), "working_day": (24.0, 24.0), "month": (28 * 24.0, MOST_HOURS)}


def _in_hours(one: Extraction) -> Ends:
    """Hours at least and at most; five working days are at most a week, with the days before the first one."""
    least, most = _HOURS[one.unit]
    low = None if one.low is None else one.low * least
    high = None if one.high is None else one.high * most
    if one.unit == "working_day" and high is not None:
        high += 48.0 * (1 + (one.high or 0) // 5)
    return low, high


def _close(a: float | None, b: float | None, converted: bool) -> bool:
    return a is b or (a is not None and b is not None and abs(a - b) <= (0.011 if converted else 1e-9))


def _hours_against(one: Sequence[Extraction], other: Sequence[Extraction]) -> Sure | None:
    """Opening hours of the same weekday that are not the same; hours of no day in particular hold for none."""
    says, against = _by_day(one), _by_day(other)
    differ = [day for day in says.keys() & against.keys() if says[day] != against[day]]
    return "exact" if differ else None


def _by_day(hours: Sequence[Extraction]) -> dict[int, set[Ends]]:
    found: dict[int, set[Ends]] = {}
    for one in hours:
        for day in one.days:
            found.setdefault(day, set()).add((one.low, one.high))
    return found


def _missing(group: Sequence[ReadMessage]) -> Iterator[MissingPromise]:
    """Kinds that at least half of the other messages shown at the same time promise, and one does not."""
    kinds: Mapping[str, dict[PromiseKind, list[Extraction]]] = {one.message.id: _by_kind(one) for one in group}
    for one in group:
        others = [o for o in group if o is not one and _together(one.message, o.message) is not None]
        said = sorted({kind for other in others for kind in kinds[other.message.id]} - _LOOSE)
        for kind in said:
            by = [other for other in others if kind in kinds[other.message.id]]
            if kind not in kinds[one.message.id] and 2 * len(by) >= len(others):
                yield MissingPromise(
                    offer=one.message.offer, kind=kind, message=one.message.id, name=one.message.name,
                    touchpoint=one.message.touchpoint, channel=one.message.channel,
                    said_by=[_side(other.message, kinds[other.message.id][kind]) for other in by],
                )  # fmt: skip


def _tone(group: Sequence[ReadMessage]) -> Iterator[ToneDifference]:
    for a, b in combinations(group, 2):
        if a.message.language != b.message.language or _together(a.message, b.message) is None:
            continue
        one, other = _address(a), _address(b)
        if one and other and one != other:
            yield _differs(a, b, "address", [one, other])
        press = [_pressing(a), _pressing(b)]
        if min(press) == 0 and max(press) >= PRESSING:
            yield _differs(a, b, "urgency", [f"{share:.1f}" for share in press])


def _differs(a: ReadMessage, b: ReadMessage, of: str, values: list[str]) -> ToneDifference:
    sides = [_side(one.message, [found for found in one.found if found.kind == of]) for one in (a, b)]
    return ToneDifference.model_validate({"offer": a.message.offer, "of": of, "values": values, "sides": sides})


def _address(one: ReadMessage) -> str:
    """`formal`, `informal`, `mixed`, or nothing where nobody is addressed."""
    ways = {found.value for found in one.found if found.kind == "address"}
    return "mixed" if len(ways) > 1 else next(iter(ways), "")


def _pressing(one: ReadMessage) -> float:
    return 100 * sum(found.kind == "urgency" for found in one.found) / max(1, words_in(one.message.text))


def _misspelt(one: ReadMessage) -> Iterator[Misspelling]:
    for found in one.found:
        if found.kind == "brand" and not found.quote.startswith(found.value):
            yield Misspelling(term=found.value, side=_side(one.message, [found]))


def _side(message: Message, said: Sequence[Extraction]) -> Side:
    return Side(message=message.id, name=message.name, touchpoint=message.touchpoint, channel=message.channel,
                language=message.language, said=list(said))  # fmt: skip
