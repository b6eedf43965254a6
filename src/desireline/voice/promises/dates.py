"""Days in a text: when an offer begins and ends, and other dates; without a year where none is said."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from desireline.model.promise import Extraction, MessageLanguage, PromiseKind
from desireline.voice.promises.context import before
from desireline.voice.promises.numbers import DASH, SPACE

_MONTHS: Final[dict[MessageLanguage, tuple[str, ...]]] = {
    "en": ("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
           "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?"),
    "pl": ("stycznia|styczeń", "lutego|luty", "marca|marzec", "kwietnia|kwiecień", "maja|maj", "czerwca|czerwiec",
           "lipca|lipiec", "sierpnia|sierpień", "września|wrzesień", "października|październik", "listopada|listopad",
           "grudnia|grudzień"),
    "hr": ("siječnja|siječanj", "veljače|veljača", "ožujka|ožujak", "travnja|travanj", "svibnja|svibanj",
           "lipnja|lipanj", "srpnja|srpanj", "kolovoza|kolovoz", "rujna|rujan", "listopada|listopad",
           "studenog(?:a)?|studeni", "prosinca|prosinac"),
}  # fmt: skip
_STARTS: Final[dict[MessageLanguage, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:from|starting(?:\s+on)?|starts(?:\s+on)?|as\s+of|since)\s*(?:the\s+)?$", re.I),
    "pl": re.compile(r"\b(?:od|od\s+dnia|począwszy\s+od)\s*$", re.I),
    "hr": re.compile(r"\b(?:od|počevši\s+od|počinje)\s*$", re.I),
}
_ENDS: Final[dict[MessageLanguage, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:until|till|by|through|to|ends?(?:\s+on)?|before|no\s+later\s+than)\s*(?:the\s+)?$", re.I),
    "pl": re.compile(r"\b(?:do|do\s+dnia|najpóźniej|przed|kończy\s+się)\s*$", re.I),
    "hr": re.compile(r"\b(?:do|do\s+dana|zaključno\s+s|najkasnije\s+do|završava)\s*$", re.I),
}
_DAY: Final = r"(?<![0-9.,])(?P<day{0}>[0-9]{{1,2}})(?:st|nd|rd|th)?\.?"
_TO: Final = rf"{SPACE}?(?:{DASH}|\bto\b|\bdo\b){SPACE}?"
_YEAR: Final = r"(?:,?\s+(?P<year>(?:19|20)[0-9]{2}))?(?![0-9])"
_ISO: Final = re.compile(r"(?<![0-9-])(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9-])")
_DOTTED: Final = re.compile(
    rf"(?<![0-9.,])(?:(?P<day0>[0-9]{{1,2}})\.(?:{SPACE}?(?P<month0>[0-9]{{1,2}})\.?)?{SPACE}?{DASH}{SPACE}?)?"
    rf"(?P<day>[0-9]{{1,2}})\.{SPACE}?(?P<month>[0-9]{{1,2}})(?:\.{SPACE}?(?P<year>(?:19|20)[0-9]{{2}})|\.)(?![0-9])"
)
_SLASHED: Final = re.compile(
    r"(?<![0-9/])(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>(?:19|20)[0-9]{2})(?![0-9/])"
)


def _named(language: MessageLanguage) -> list[re.Pattern[str]]:
    month = "|".join(f"(?P<m{n}>{words})" for n, words in enumerate(_MONTHS[language], 1))
    end = r"(?:of\s+)?" if language == "en" else ""
    patterns = [rf"(?:{_DAY.format(0)}{_TO})?{_DAY.format('')}\s+{end}(?:{month})\b\.?{_YEAR}"]
    if language == "en":
        patterns.append(rf"\b(?:{month})\.?\s+{_DAY.format('')}(?![0-9:%]){_YEAR}")
    return [re.compile(pattern, re.IGNORECASE) for pattern in patterns]


_NAMED: Final = {language: _named(language) for language in _MONTHS}


def dates(text: str, language: MessageLanguage) -> Iterator[Extraction]:
    """All days; a span of days is its first and its last day.

    A date with slashes whose day and month could be either is left out: it would be a guess.
    """
    for match in _ISO.finditer(text):
        yield from _read(text, match, language, int(match["month"]))
    for match in _SLASHED.finditer(text):
        day, month = int(match["day"]), int(match["month"])
        if day > 12 or day == month:
            yield from _read(text, match, language, month)
    for match in _DOTTED.finditer(text):
        yield from _read(text, match, language, int(match["month"]))
    for pattern in _NAMED[language]:
        for match in pattern.finditer(text):
            month = next(n for n in range(1, 13) if match.group(f"m{n}"))
            if _MONTHS[language][month - 1] == "may" and match.group(f"m{month}") == "may":
                continue  # "you may 5 times": the month is written May
            yield from _read(text, match, language, month)


def _read(text: str, match: re.Match[str], language: MessageLanguage, month: int) -> Iterator[Extraction]:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    first = parts.get("day0")
    last = _day(year, month, int(parts["day"]))
    if last is None:
        return
    if first:
        month0 = int(parts.get("month0") or month)
        begin = _day(year, month0, int(first))
        if begin is not None:
            yield _made("starts_on", begin, match)
            yield _made("ends_on", last, match)
        return
    left = before(text, match.start())
    kind: PromiseKind = "date"
    if _ENDS[language].search(left):
        kind = "ends_on"
    elif _STARTS[language].search(left):
        kind = "starts_on"
    yield _made(kind, last, match)


def _day(year: int | None, month: int, day: int) -> tuple[str, int | None] | None:
    """A day as text and as ordinal; None where the calendar has no such day."""
    try:
        known = dt.date(year or 2024, month, day)
    except ValueError:
        return None
    return (known.isoformat(), known.toordinal()) if year else (f"--{known:%m-%d}", None)


def _made(kind: PromiseKind, day: tuple[str, int | None], match: re.Match[str]) -> Extraction:
    quote = match.group().rstrip()
    return Extraction(kind=kind, low=day[1], high=day[1], unit="date", value=day[0], quote=quote, start=match.start(),
                      end=match.start() + len(quote))  # fmt: skip
