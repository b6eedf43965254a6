"""Opening hours in a text: on which weekdays from when to when, or closed."""

import re
from collections.abc import Iterator
from typing import Final

from desireline.model.promise import Extraction, MessageLanguage
from desireline.voice.promises.context import before, sentence
from desireline.voice.promises.numbers import DASH, SPACE

_WEEKDAYS: Final[dict[MessageLanguage, tuple[str, ...]]] = {
    "en": ("mon(?:days?)?", "tue(?:s(?:days?)?)?", "wed(?:nesdays?)?", "thu(?:rs?(?:days?)?)?", "fri(?:days?)?",
           "sat(?:urdays?)?", "sun(?:days?)?"),
    "pl": (r"pon(?:iedział\w+)?", r"wt(?:or\w+)?", r"śr(?:od\w+)?", r"czw(?:art\w+)?", r"pt|pią?t(?:k\w+|ek)?",
           r"sob(?:ot\w+)?", r"nd(?:z)?|niedz(?:iel\w+)?"),
    "hr": (r"pon(?:edjelj\w+)?", r"uto?(?:r(?:ak|k\w+))?", r"sri(?:jed\w+)?", r"čet(?:vrt\w+)?", r"pet(?:ak|k\w+)?",
           r"sub(?:ot\w+)?", r"ned(?:jelj\w+)?"),
}  # fmt: skip
_SPANS: Final[dict[MessageLanguage, dict[str, list[int]]]] = {
    "en": {
        r"weekdays|working\s+days": [1, 2, 3, 4, 5], "weekends?": [6, 7],
        r"daily|every\s+day|(?:7|seven)\s+days\s+a\s+week": [1, 2, 3, 4, 5, 6, 7],
    },
    "pl": {
        r"(?:w\s+)?dni\s+robocze|w\s+tygodniu": [1, 2, 3, 4, 5], r"weekend\w*": [6, 7],
        r"codziennie|każdego\s+dnia|7\s+dni\s+w\s+tygodniu": [1, 2, 3, 4, 5, 6, 7],
    },
    "hr": {
        r"radnim\s+dan\w+|radni\s+dani": [1, 2, 3, 4, 5], r"vikend\w*": [6, 7],
        r"svak(?:i|oga?|odnevno)(?:\s+dan\w*)?|7\s+dana\s+u\s+tjednu": [1, 2, 3, 4, 5, 6, 7],
    },
}  # fmt: skip
_TO: Final = rf"(?:{SPACE}?{DASH}{SPACE}?|\s+(?:to|do|till|until|through)\s+)"
_CLOCK: Final = (
    r"(?<![0-9.,:])(?P<h{0}>[01]?[0-9]|2[0-4])(?:[:.](?P<m{0}>[0-5][0-9]))?(?:\s?(?P<half{0}>[ap]\.?m\b\.?))?"
)
_HOURS: Final = re.compile(
    rf"{_CLOCK.format(1)}(?:{SPACE}?h)?{_TO}{_CLOCK.format(2)}(?![0-9%:]|[.,][0-9])(?:\s?(?P<mark>h|sati|godz\.?|uhr)\b)?",
    re.IGNORECASE,
)
_ALWAYS: Final = re.compile(
    r"(?<![0-9/])24\s?/\s?7(?![0-9/])|\bcałodobowo\b|\baround\s+the\s+clock\b|\bnon[- ]?stop\b|"
    r"\b24\s+sata\s+(?:dnevno|na\s+dan)\b|\b24\s+hours\s+a\s+day\b|\b24\s+godziny\s+na\s+dobę\b",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\b(?:open|opening\s+hours|hours|available|czynn\w+|otwart\w+|godzin\w*|w\s+godz\w*\.?|pracuj\w+|infolini\w+|"
    r"otvoren\w*|radno\s+vrijeme|radimo|dostupn\w+)\b",
    re.IGNORECASE,
)
_CLOSED: Final = r"(?:closed|nieczynn\w+|zamknięt\w+|zatvoren\w*|ne\s+radimo)"
_JOIN: Final = re.compile(r"^[\s,:;.(]*(?:od|from|w\s+godz(?:inach|\.)?|between|u\s+vremenu)?[\s:]*$", re.IGNORECASE)


def _named(language: MessageLanguage, tag: str = "") -> str:
    return "|".join(f"(?P<d{n}{tag}>{words})" for n, words in enumerate(_WEEKDAYS[language], 1))


def _days(language: MessageLanguage) -> re.Pattern[str]:
    spans = "|".join(f"(?P<s{n}>{words})" for n, words in enumerate(_SPANS[language]))
    joined = rf"(?P<join>{SPACE}?{DASH}{SPACE}?|\s+(?:to|do|through|till)\s+|\s+(?:and|i|oraz|&)\s+)"
    one = rf"(?:{_named(language)})\b\.?(?:{joined}(?:{_named(language, 'b')})\b\.?)?"
    return re.compile(rf"\b(?:{spans})\b|\b(?:{one})", re.IGNORECASE)


_DAYS: Final = {language: _days(language) for language in _WEEKDAYS}


def opening_hours(text: str, language: MessageLanguage) -> Iterator[Extraction]:
    """Hours with their weekdays, each span of hours once; hours without a weekday hold for no day in particular."""
    named = [(match, _weekdays(match, language)) for match in _DAYS[language].finditer(text)]
    for match in _HOURS.finditer(text):
        ends = _ends(match)
        days, start = _before(text, match, named)
        if ends is None or not (days or _sure(text, match)):
            continue
        end = match.end()
        if not days:
            days, end = _after(text, match, named)
        yield _made(days, ends, text, start, end)
    for match in _ALWAYS.finditer(text):
        yield _made([1, 2, 3, 4, 5, 6, 7], (0.0, 24.0), text, match.start(), match.end())
    yield from _closed(text, named)


def _weekdays(match: re.Match[str], language: MessageLanguage) -> list[int]:
    for n, days in enumerate(_SPANS[language].values()):
        if match.group(f"s{n}"):
            return days
    first = next(n for n in range(1, 8) if match.group(f"d{n}"))
    last = next((n for n in range(1, 8) if match.group(f"d{n}b")), None)
    if last is None:
        return [first]
    if re.search(r"\b(?:and|i|oraz)\b|&", match.group("join"), re.IGNORECASE):
        return sorted({first, last})
    return [*range(first, last + 1)] if first <= last else [*range(first, 8), *range(1, last + 1)]


def _ends(match: re.Match[str]) -> tuple[float, float] | None:
    """Hours from and to; None where that is no span of a day."""
    found = []
    for n in ("1", "2"):
        half = (match.group(f"half{n}") or "").lower()[:1]
        hour = int(match.group(f"h{n}"))
        if half and hour > 12:
            return None
        hour = hour % 12 + 12 * (half == "p") if half else hour
        found.append(hour + int(match.group(f"m{n}") or 0) / 60)
    if match.group("half2") and not match.group("half1") and found[0] < 12 and found[0] + 12 < found[1]:
        found[0] += 12  # "1-5 pm"
    low, high = found
    return (low, high) if low < high <= 24 else None


def _sure(text: str, match: re.Match[str]) -> bool:
    """Whether two numbers are times even without a weekday beside them."""
    minutes = match.group("m1") and match.group("m2") and ":" in match.group()
    low, high = sentence(text, match.start(), match.end())
    opens = _OPEN.search(text, max(low, match.start() - 40), min(high, match.end() + 15))
    return bool(minutes or match.group("half2") or (opens and (match.group("mark") or not _counted(text, match))))


def _counted(text: str, match: re.Match[str]) -> bool:
    """Whether something is counted behind the numbers: "2-3 days"."""
    return re.match(r"\s?(?:[^\W\d_]{2,}|[€$£%])", text[match.end() :]) is not None


def _before(text: str, match: re.Match[str], named: list[tuple[re.Match[str], list[int]]]) -> tuple[list[int], int]:
    near = [(day, days) for day, days in named if day.end() <= match.start()]
    if near and _JOIN.match(text[near[-1][0].end() : match.start()]) and not _counted(text, match):
        return near[-1][1], near[-1][0].start()
    return [], match.start()


def _after(text: str, match: re.Match[str], named: list[tuple[re.Match[str], list[int]]]) -> tuple[list[int], int]:
    for day, days in named:
        gap = text[match.end() : day.start()] if day.start() >= match.end() else None
        if gap is not None and re.fullmatch(r"[\s,(]*(?:on|od|w|u)?\s*", gap, re.IGNORECASE):
            return days, day.end()
    return [], match.end()


def _closed(text: str, named: list[tuple[re.Match[str], list[int]]]) -> Iterator[Extraction]:
    for day, days in named:
        behind = re.match(rf"\s*(?:[:\-–]|(?:is|are|jest|je|we|smo)\s)?\s*{_CLOSED}", text[day.end() :], re.IGNORECASE)
        ahead = re.search(rf"{_CLOSED}\s*(?:on|w|we|u)?\s*$", before(text, day.start()), re.IGNORECASE)
        if behind:
            yield _shut(days, text, day.start(), day.end() + behind.end())
        elif ahead:
            yield _shut(days, text, day.start() - len(ahead.group()), day.end() - day.group().endswith("."))


def _shut(days: list[int], text: str, start: int, end: int) -> Extraction:
    return Extraction(kind="opening_hours", unit="time", value=f"{_told(days)} closed", days=days,
                      quote=text[start:end], start=start, end=end)  # fmt: skip


def _made(days: list[int], ends: tuple[float, float], text: str, start: int, end: int) -> Extraction:
    low, high = ends
    hours = f"{_clock(low)}-{_clock(high)}"
    return Extraction(kind="opening_hours", low=low, high=high, unit="time", value=f"{_told(days)} {hours}".strip(),
                      days=days, quote=text[start:end], start=start, end=end)  # fmt: skip


def _told(days: list[int]) -> str:
    if len(days) > 2 and days == [*range(days[0], days[-1] + 1)]:
        return f"{days[0]}-{days[-1]}"
    return ",".join(map(str, days))


def _clock(hours: float) -> str:
    whole, part = divmod(round(hours * 60), 60)
    return f"{whole:02d}:{part:02d}"
