"""Lengths of time in a text: how long delivery takes, how long one may return, and others."""

import re
from collections.abc import Iterator
from typing import Final

from desireline.model.promise import Extraction, MessageLanguage, PromiseKind
from desireline.voice.promises.context import DELIVERY, RETURN, before, nearest
from desireline.voice.promises.numbers import DASH, SPACE, between, number_or_word, value_or_word

_UNITS: Final[dict[MessageLanguage, dict[str, str]]] = {
    "en": {
        "working_day": r"(?:working|business|work|week)[ -]?days?", "day": "days?", "hour": r"hours?|hrs?|h",
        "minute": "minutes?|mins?", "week": "weeks?|wks?", "month": "months?", "year": "years?|yrs?",
    },
    "pl": {
        "working_day": r"dni(?:a|ach)?\s+robocz\w+|dzień\s+roboczy|robocz\w+\s+dni\w*",
        "day": r"dni(?:a|ach|ami|owy\w*|owe\w*|owa|ową)?|dzień|dob[ayęo]\w?|dób", "hour": r"godz(?:in\w*|\.)?|h",
        "minute": r"minut\w*|min\.?", "week": r"tydzień|tygodni\w*", "month": r"miesi[ąę]c\w*|mies\.?",
        "year": r"rok\w?|lat[a]?|lata",
    },
    "hr": {
        "working_day": r"radn\w+\s+dan\w*", "day": r"dan(?:a|i|e|ima)?|dnevn\w+", "hour": r"sat(?:a|i|n\w+)?|h",
        "minute": r"minut\w*|min\.?", "week": r"tjed(?:an|n|ana)\w*", "month": r"mjesec\w*",
        "year": r"godin\w*",
    },
}  # fmt: skip
_FACTORS: Final = {"minute": (1 / 60, "hour"), "week": (7.0, "day"), "year": (12.0, "month")}

_WITHIN: Final[dict[MessageLanguage, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:within|up\s+to|in\s+less\s+than|under|in\s+up\s+to|no\s+later\s+than|maximum)\s*$", re.I),
    "pl": re.compile(
        r"\b(?:w\s+ciągu|do|nawet|w\s+czasie\s+do|poniżej|maksymalnie|maks\.|najpóźniej\s+w(?:\s+ciągu)?|"
        r"nie\s+dłużej\s+niż|w\s+terminie(?:\s+do)?)\s*$",
        re.I,
    ),
    "hr": re.compile(r"\b(?:u\s+roku\s+od|unutar|do|najviše|najkasnije\s+(?:za|u\s+roku\s+od)|roku\s+od)\s*$", re.I),
}
_AT_LEAST: Final[dict[MessageLanguage, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:at\s+least|from|over|more\s+than|min(?:imum|\.)?)\s*$", re.I),
    "pl": re.compile(r"\b(?:co\s+najmniej|od|ponad|powyżej|min\.|minimum)\s*$", re.I),
    "hr": re.compile(r"\b(?:najmanje|više\s+od|preko|minimalno)\s*$", re.I),
}
_NEXT: Final[dict[MessageLanguage, dict[str, tuple[float, str]]]] = {
    "en": {
        r"next[ -](?:working|business)[ -]day": (1, "working_day"), r"next[ -]day|tomorrow": (1, "day"),
        r"same[ -]day": (0, "day"),
    },
    "pl": {
        r"następn\w+\s+d(?:zień|nia|niu)\s+robocz\w+|kolejn\w+\s+d(?:zień|nia|niu)\s+robocz\w+": (1, "working_day"),
        r"następn\w+\s+d(?:zień|nia|niu)|kolejn\w+\s+d(?:zień|nia|niu)|już\s+jutro|jutro": (1, "day"),
        r"te(?:go|n)\s+sam(?:ego)?\s+d(?:zień|nia)|tego\s+samego\s+dnia": (0, "day"),
    },
    "hr": {
        r"(?:sljedeć|iduć)\w+\s+radn\w+\s+dan\w*": (1, "working_day"),
        r"(?:sljedeć|iduć)\w+\s+dan\w*|sutra": (1, "day"),
        r"ist(?:i|og|oga)\s+dan\w*": (0, "day"),
    },
}  # fmt: skip
_ABOUT: Final = {"return_period": RETURN, "delivery_time": DELIVERY}
_YEARS: Final = 100
"""Years from which a number is no length of time but a year."""


def _patterns(language: MessageLanguage) -> re.Pattern[str]:
    number, units = number_or_word(language), _UNITS[language]
    unit = "|".join(f"(?P<{name}>(?:{words})(?!\\w))" for name, words in units.items())
    low = rf"(?P<low>{number})(?:\s*(?:{'|'.join(units.values())}))?"
    joined = rf"(?:{SPACE}?{DASH}{SPACE}?|\s+(?:to|do|or|albo|lub|ili|i|a|and)\s+|/)"
    return re.compile(rf"(?:{low}{joined})?(?P<high>{number})(?:{SPACE}{{0,2}}|{DASH})(?:{unit})", re.IGNORECASE)


_PATTERNS: Final = {language: _patterns(language) for language in _UNITS}


def durations(text: str, language: MessageLanguage) -> Iterator[Extraction]:
    """All lengths of time, normalised to hours, days, working days or months."""
    for match in _PATTERNS[language].finditer(text):
        found = _read(text, match, language)
        if found is not None:
            yield found
    for words, (value, unit) in _NEXT[language].items():
        for match in re.finditer(rf"\b(?:{words})\b", text, re.IGNORECASE):
            if nearest(text, match.start(), match.end(), _ABOUT) == "delivery_time":
                yield _made("delivery_time", value, value, unit, match)


def _read(text: str, match: re.Match[str], language: MessageLanguage) -> Extraction | None:
    unit = next(name for name in _UNITS[language] if match.group(name))
    high = value_or_word(match.group("high"), language)
    low: float | None = value_or_word(match.group("low"), language) if match.group("low") else high
    if (unit == "year" and high >= _YEARS) or (low is not None and low > high):
        return None
    factor, unit = _FACTORS.get(unit, (1.0, unit))
    low, upper = (low or 0) * factor, high * factor
    if unit == "hour" and low % 24 == 0 and upper % 24 == 0 and upper:
        low, upper, unit = low / 24, upper / 24, "day"
    kind: PromiseKind = nearest(text, match.start(), match.end(), _ABOUT) or "duration"  # type: ignore[assignment]
    left = before(text, match.start())
    if match.group("low") is None and kind != "return_period":
        if _WITHIN[language].search(left):
            return _made(kind, None, upper, unit, match)
        if _AT_LEAST[language].search(left):
            return _made(kind, low, None, unit, match)
    return _made(kind, low, upper, unit, match)


def _made(kind: PromiseKind, low: float | None, high: float | None, unit: str, match: re.Match[str]) -> Extraction:
    ends = tuple(None if end is None else round(end, 4) for end in (low, high))
    return Extraction(kind=kind, low=ends[0], high=ends[1], unit=unit, value=f"{between(*ends)} {unit}",
                      quote=match.group(), start=match.start(), end=match.end())  # fmt: skip
