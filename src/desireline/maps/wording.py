"""The words and numbers of a map, in English, Polish and Croatian."""

import datetime as dt
from typing import Final

from babel.units import format_unit

from desireline.i18n import date, number, percent, translate
from desireline.model.map import MapDocument
from desireline.model.question import Grain

_UNITS: Final = (
    # (seconds in the unit, name, shown below so many seconds)
    (1, "second", 90),
    (60, "minute", 90 * 60),
    (3600, "hour", 36 * 3600),
    (86400, "day", 60 * 86400),
    (86400 * 365.2425 / 12, "month", 2 * 365.2425 * 86400),
    (86400 * 365.2425, "year", float("inf")),
)


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


def window(language: str, document: MapDocument) -> str:
    """The days that the map looked at."""
    if document.data_since is None or document.data_until is None:
        return "–"
    return f"{date(language, document.data_since)} – {date(language, document.data_until)}"


def channel(language: str, name: str | None) -> str:
    """A channel as the map names it: "unknown" is our word, all others are the user's."""
    if name is None:
        return translate(language, "map.channel.none")
    return translate(language, "map.channel.unknown") if name == "unknown" else name


def filters(language: str, document: MapDocument) -> str | None:
    """What part of the data was looked at; None if all of it."""
    f = document.filters
    if f.is_empty():
        return None
    ends = (("since", f.since), ("until", f.until))
    told = [translate(language, f"map.filter.{end}", date=date(language, day)) for end, day in ends if day]
    lists = (("channels", f.channels), ("sources", f.sources))
    told += [translate(language, f"map.filter.{kind}", names=", ".join(names)) for kind, names in lists if names]
    told += [
        translate(language, "map.filter.trait", name=name, names=", ".join(values)) for name, values in f.traits.items()
    ]
    return translate(language, "map.filtered", filters="; ".join(told))


def day(language: str, when: dt.date | None) -> str:
    """A calendar day, or a dash."""
    return date(language, when) if when else "–"


def subtitle(language: str, document: MapDocument) -> str:
    """What the map shows, of whom, when, and how much of it is measured."""
    grades = [evidence.grade for evidence in document.cells()]
    parts = [
        translate(language, "map.kind.current"),
        counted(language, document.people_in_scope, document.grain),
        counted(language, document.events, "event"),
        window(language, document),
        translate(language, "map.coverage", measured=grades.count("measured"), cells=len(grades)),
    ]
    if document.goal is not None and document.goal_people is not None:
        reached = counted(language, document.goal_people, document.grain)
        goal_share = share(language, document.goal_share)
        parts.insert(4, translate(language, "map.goal", goal=document.goal, reached=reached, share=goal_share))
    return " · ".join(parts)


def notes(language: str, document: MapDocument) -> list[str]:
    """What the map does not show, and how far its order of stages holds."""
    told = []
    if document.unplaced:
        names = [f"{t.name} ({counted(language, t.people, document.grain)})" for t in document.unplaced]
        more = [translate(language, "map.note.more", n=len(names) - 12)] if len(names) > 12 else []
        told.append(translate(language, "map.note.unplaced", names=", ".join(names[:12] + more)))
    if document.outside_definition:
        events = counted(language, document.outside_definition, "event")
        told.append(translate(language, "map.note.outside", events=events))
    for cut in document.cut:
        what = translate(language, f"map.cut.{cut.what}")
        told.append(translate(language, "map.note.cut", what=what, kept=cut.kept, total=cut.total))
    if document.coherence is not None:
        told.append(translate(language, "map.note.coherence", share=share(language, document.coherence)))
    return told


def description(language: str, document: MapDocument) -> str:
    """The map in one paragraph, for those who hear it instead of seeing it."""
    told = []
    for k, stage in enumerate(document.stages, 1):
        key = "map.description.last" if k == len(document.stages) else "map.description.stage"
        people, goes_on = counted(language, stage.people, document.grain), share(language, stage.goes_on_share)
        told.append(translate(language, key, name=stage.name, people=people, share=goes_on))
    return translate(language, "map.description", window=window(language, document), stages=" ".join(told))
