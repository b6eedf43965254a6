"""The name of a lane in a table or outline, and what kind of lane a name speaks of, in English, Polish and Croatian."""

import re
from functools import cache, lru_cache
from typing import Final

from desireline.i18n import LANGUAGES, translate
from desireline.maps.slug import slug
from desireline.model.journey_map import LANE_KINDS, Lane, LaneKind

_LONGEST: Final = 400
_STEMS: Final[dict[LaneKind, str]] = {
    "self_service": "self-serv faq help-cent samoobslug baza-wiedzy samoposluz cpp",
    "hand_offs": "hand-o handoff handover przekazan primopredaj predaj",
    "pain_points": "pain frustrat problem obstacle barrier issue friction bol$ bole bolacz bolow przeszkod barier "
    "frustrac trudnos bolne bolna preprek poteskoc",
    "opportunities": "opportunit idea improve solution szans okazj pomysl usprawn rozwiaza mozliwos prilik idej "
    "poboljs rjesenj moguc",
    "questions": "question research-q pytani pitanj",
    "images": "storyboard image picture screenshot photo zdjeci obraz slik ilustra",
    "emotion": "emotion emocj emocij feel mood sentiment satisfaction odczuc uczuc nastroj zadowol osjec "
    "raspoloz zadovolj emotivn",
    "thoughts": "thought think quote says voice-of mysl mysli cytat misli citat glos-klient glas-kupc",
    "metrics": "metric kpi measure indicator wskaznik miernik metryk pokazatelj mjeril metrik",
    "backstage": "backstage back-stage behind back-office process kulis za-kulis zaplecz proces iza-kulis",
    "systems": "system technolog software narzedzi aplikacj sustav alat",
    "actions": "action activit doing do$ does$ dzialan czynnos aktywnos robi$ robie robimy radnj "
    "aktivnost radi$ radim task zadani",
    "touchpoints": "touchpoint touch-point contact-point interaction channel punkt-styku punkty-styku punktow-styku "
    "interakcj kanal dodirn kontaktn tocke-kontakta interakcij",
    "departments": "department owner team responsib dzial$ dzialy dzialow zespol wlasciciel odpowiedzialn odjel tim$ "
    "timovi vlasnik odgovorn",
    "links": "linked-map link$ links$ powiazan povezan",
    "text": "text tekst note notatk biljesk opis description",
}  # fmt: skip
"""Beginnings of words, as slugs; `$` ends a word. The first kind one of whose stems occurs is meant."""


def lane_label(lane: Lane, language: str, channel: str | None = None) -> str:
    """The name that `lane_of` reads back: the title alone where it speaks of its kind, else with the kind behind it."""
    kind = translate(language, f"map.lane.{lane.kind}")
    kind = f"{kind}: {channel}" if channel else kind
    if not lane.title:
        return kind
    return (
        lane.title if not channel and lane_of(lane.title) == (lane.kind, lane.title, None) else f"{lane.title} ({kind})"
    )


@lru_cache(4096)
def lane_of(label: str) -> tuple[LaneKind, str | None, str | None]:
    """Kind, title (None: the kind's own name) and channel of a lane by its name; kind `text` where nothing speaks."""
    label = re.sub(r"\s+", " ", label).strip()
    if len(label) > _LONGEST:
        return "text", label, None
    if own := _own(label):
        return own[0], None, own[1]
    for at in (i for i, sign in enumerate(label) if sign == "("):
        if label.endswith(")") and at and (own := _own(label[at + 1 : -1])):
            return own[0], label[:at].strip() or None, own[1]
    return guessed(label) or "text", label or None, None


def guessed(label: str) -> LaneKind | None:
    """The kind that a name speaks of, None if it speaks of none.

    >>> guessed("Odczucia"), guessed("Ból"), guessed("Dodirne točke"), guessed("Lorem")
    ('emotion', 'pain_points', 'touchpoints', None)
    """
    told = slug(label)
    return next((kind for kind, stems in _patterns() if stems.search(told)), None)


@cache
def _patterns() -> list[tuple[LaneKind, re.Pattern[str]]]:
    return [
        (kind, re.compile(rf"(?:^|-)(?:{'|'.join(s.replace('$', '(?:-|$)') for s in stems.split())})"))
        for kind, stems in _STEMS.items()
    ]


@cache
def _known() -> dict[str, LaneKind]:
    return {translate(language, f"map.lane.{kind}"): kind for language in LANGUAGES for kind in LANE_KINDS}


def _own(label: str) -> tuple[LaneKind, str | None] | None:
    """The kind whose own name this is, with the channel that may follow it."""
    if label in _known():
        return _known()[label], None
    name, colon, channel = label.partition(": ")
    kind = _known().get(name)
    return (kind, channel.strip()) if kind == "touchpoints" and colon and channel.strip() else None
