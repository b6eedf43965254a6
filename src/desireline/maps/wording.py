"""The words and numbers of a map, in English, Polish and Croatian."""

import datetime as dt
from typing import Final

from babel.units import format_unit

from desireline.i18n import date, number, percent, translate
from desireline.model.journey_map import BoundQuestion, Card
from desireline.model.measured import Change, Figure, Measured, Sheet, Unit
from desireline.model.question import Filters, Grain

_UNITS: Final = (
    # (seconds in the unit, name, shown below so many seconds)
    (1, "second", 90),
    (60, "minute", 90 * 60),
    (3600, "hour", 36 * 3600),
    (86400, "day", 60 * 86400),
    (86400 * 365.2425 / 12, "month", 2 * 365.2425 * 86400),
    (86400 * 365.2425, "year", float("inf")),
)

BETTER: Final[dict[BoundQuestion, bool]] = {
    "goes_on": True, "conversion": True, "feedback": True, "drop_off": False, "time": False, "loops": False,
}  # fmt: skip
"""Whether more of it is better; of the others nobody can say."""


def duration(language: str, seconds: float) -> str:
    """A span of time in the one unit that reads best, with at most two digits before it counts in the next.

    >>> duration("en", 44.0), duration("pl", 20471.7), duration("hr", 850186.0)
    ('44 sec', '5,7 godz.', '9,8 dana')
    """
    size, unit = next((size, unit) for size, unit, below in _UNITS if seconds < below)
    amount = seconds / size
    shown = round(amount, 1) if amount < 9.95 and unit != "second" else round(amount)
    if shown == 0 < seconds:
        return f"<{duration(language, 1)}"
    if shown == int(shown):
        shown = int(shown)
    return format_unit(shown, f"duration-{unit}", length="short", locale=language)


def counted(language: str, n: int, unit: Grain | str) -> str:
    """A number with its unit in the right form.

    >>> counted("pl", 5, "person"), counted("hr", 2, "person"), counted("en", 1, "event")
    ('5 osób', '2 osobe', '1 event')
    """
    return f"{number(language, n)} {translate(language, f'map.unit.{unit}', n=n)}"


def share(language: str, part: float | None) -> str:
    """A share as a whole percentage; a dash where there is nothing to divide; "<1%" rather than a zero that is none.

    >>> share("en", 0.5), share("pl", 0.005), share("hr", None), share("en", 0.9996)
    ('50%', '<1%', '–', '>99%')
    """
    if part is None:
        return "–"
    if 0 < part <= 0.005:
        return f"<{percent(language, 0.01)}"
    if 0.995 <= part < 1:
        return f">{percent(language, 0.99)}"
    return percent(language, part)


def channel(language: str, name: str | None) -> str:
    """A channel as the map names it: "unknown" is our word, all others are the user's."""
    if name is None:
        return translate(language, "map.channel.none")
    return translate(language, "map.channel.unknown") if name == "unknown" else name


def day(language: str, when: dt.date | None) -> str:
    """A calendar day, or a dash."""
    return date(language, when) if when else "–"


def filters(language: str, asked: Filters) -> str | None:
    """What part of the data was looked at; None if all of it."""
    if asked.is_empty():
        return None
    ends = (("since", asked.since), ("until", asked.until))
    told = [translate(language, f"map.filter.{end}", date=date(language, day)) for end, day in ends if day]
    lists = (("channels", asked.channels), ("sources", asked.sources))
    told += [translate(language, f"map.filter.{kind}", names=", ".join(names)) for kind, names in lists if names]
    told += [
        translate(language, "map.filter.trait", name=name, names=", ".join(values))
        for name, values in asked.traits.items()
    ]
    return translate(language, "map.filtered", filters="; ".join(told))


def window(language: str, measured: Measured) -> str | None:
    """The days that the data span; None if there are none."""
    if measured.data_since is None or measured.data_until is None:
        return None
    return f"{date(language, measured.data_since)} – {date(language, measured.data_until)}"


def signed(language: str, value: float, digits: int = 1) -> str:
    """A number with its sign, a true minus.

    >>> signed("en", -1.14), signed("pl", 0.5), signed("en", 0)
    ('−1.1', '+0,5', '0.0')
    """
    shown = number(language, abs(round(value, digits)), digits)
    sign = "−" if round(value, digits) < 0 else "+" if round(value, digits) > 0 else ""
    return sign + shown


def amount(language: str, value: float | None, unit: Unit) -> str:
    """A measured value without what it counts: "9,480", "18%", "2.1 days", "4.2"; a dash for none."""
    match unit, value:
        case _, None:
            return "–"
        case "share", float() | int():
            return share(language, value)
        case "seconds", float() | int():
            return duration(language, value)
        case "score", float() | int():
            return number(language, value, 1).replace("-", "−")
        case _:
            return number(language, value)


def figure(language: str, shown: Figure, grain: Grain) -> str:
    """A measured figure with what it counts.

    >>> from desireline.model.measured import Proof
    >>> proof = Proof(grade="measured", n=9480, since=None, until=None, last_true=None)
    >>> figure("en", Figure(value=9480, unit="people", n=9480, proof=proof, cell=None), "person")
    '9,480 people'
    """
    if shown.unit == "people" and shown.value is not None:
        return counted(language, round(shown.value), grain)
    return amount(language, shown.value, shown.unit)


def interval(language: str, shown: Figure) -> str | None:
    """The 95 % interval of a figure, "16–20%"; None without one."""
    if shown.low is None or shown.high is None:
        return None
    if shown.unit == "share":
        low, high = (round(100 * x) for x in (shown.low, shown.high))
        return f"{number(language, low)}–{percent(language, high / 100)}"
    return f"{amount(language, shown.low, shown.unit)} – {amount(language, shown.high, shown.unit)}"


def change(language: str, shown: Change, unit: Unit) -> str:
    """A difference against the period before: "+1,200", "−3 pp", "+2.1 days", "+0.3"."""
    sign = "−" if shown.difference < 0 else "+" if shown.difference > 0 else ""
    size = abs(shown.difference)
    if unit == "share":
        points = number(language, 100 * size, 0 if size >= 0.01 else 1)
        return translate(language, "map.change.points", points=sign + points)
    return sign + amount(language, size, unit)


def typed(language: str, card: Card) -> str:
    """A figure as somebody typed it, with its unit; empty if none was.

    >>> typed("pl", Card(id="c", value=12.5, unit="zł")), typed("en", Card(id="c", value=1200))
    ('12,5 zł', '1,200')
    """
    if card.value is None:
        return ""
    digits = next((d for d in range(4) if round(card.value, d) == card.value), 4)
    shown = number(language, card.value, digits).replace("-", "−")
    return f"{shown} {card.unit}" if card.unit and card.unit != "%" else shown + (card.unit or "")


def subtitle(language: str, sheet: Sheet) -> str:
    """What kind of map it is, how far the team is with it, and for whom."""
    persona = next((item.name for item in sheet.library if item.id == sheet.scope.persona), None)
    whom = persona or sheet.scope.segment
    parts = [
        translate(language, f"map.kind.{sheet.kind}"),
        translate(language, f"map.status.{sheet.status}"),
        translate(language, "map.scope", name=whom) if whom else translate(language, "map.scope.everyone"),
        translate(language, "map.owner", name=sheet.owner) if sheet.owner else "",
        translate(language, "map.review", date=date(language, sheet.review)) if sheet.review else "",
    ]
    return " · ".join(filter(None, parts))


def goal(language: str, sheet: Sheet) -> str | None:
    """What the map is for, where it starts and ends, and how many get there."""
    aim, measured = sheet.goal, sheet.measured
    parts = [" → ".join(filter(None, (aim.start, aim.end)))]
    if aim.goal and measured and measured.goal_people is not None:
        reached = counted(language, measured.goal_people, measured.grain)
        told = share(language, measured.goal_share)
        parts.append(translate(language, "map.goal", goal=aim.goal, reached=reached, share=told))
    return " · ".join(filter(None, parts)) or None


def evidence(language: str, measured: Measured | None) -> str:
    """Of whom and when the figures are, and how much of the map is measured."""
    if measured is None:
        return translate(language, "map.unmeasured")
    covered = measured.coverage.share
    parts = [
        translate(language, "map.coverage.share", share=share(language, covered)) if covered is not None else None,
        counted(language, measured.people_in_scope, measured.grain),
        counted(language, measured.events, "event"),
        window(language, measured),
        translate(language, "map.segment", name=measured.segment) if measured.segment else None,
    ]
    return " · ".join(filter(None, parts))


def footer(language: str, sheet: Sheet) -> str:
    """Which version of the map and of its figures this is."""
    parts = [translate(language, "map.footer.version", version=str(sheet.version))]
    measured = sheet.measured
    if measured:
        told = {"version": str(measured.definition_version), "date": date(language, measured.as_of)}
        parts.append(translate(language, "map.footer", **told))
    if sheet.snapshot:
        parts.append(translate(language, "map.footer.snapshot", label=sheet.snapshot))
    return " · ".join(parts)


def notes(language: str, sheet: Sheet) -> list[str]:
    """What the map does not show, and how far its order of stages holds."""
    measured = sheet.measured
    if measured is None:
        return []
    told = []
    if measured.unplaced:
        names = [f"{t.name} ({counted(language, t.people, measured.grain)})" for t in measured.unplaced]
        more = [translate(language, "map.note.more", n=len(names) - 12)] if len(names) > 12 else []
        told.append(translate(language, "map.note.unplaced", names=", ".join(names[:12] + more)))
    if measured.outside_definition:
        events = counted(language, measured.outside_definition, "event")
        told.append(translate(language, "map.note.outside", events=events))
    for cut in measured.cut:
        what = translate(language, f"map.cut.{cut.what}")
        told.append(translate(language, "map.note.cut", what=what, kept=cut.kept, total=cut.total))
    if measured.coherence is not None:
        told.append(translate(language, "map.note.coherence", share=share(language, measured.coherence)))
    return told


def description(language: str, sheet: Sheet) -> str:
    """The map in one paragraph, for those who hear it instead of seeing it."""
    told = []
    for k, stage in enumerate(sheet.stages, 1):
        found = sheet.measured.stages.get(stage.id) if sheet.measured else None
        if found is None or sheet.measured is None:
            told.append(f"{stage.name}.")
            continue
        last = k == len(sheet.stages) or found.goes_on_share is None
        people = counted(language, found.people, sheet.measured.grain)
        key = "map.description.last" if last else "map.description.stage"
        told.append(
            translate(language, key, name=stage.name, people=people, share=share(language, found.goes_on_share))
        )
    days = window(language, sheet.measured) if sheet.measured else None
    return translate(language, "map.description", window=(days or sheet.name).removesuffix("."), stages=" ".join(told))
