"""Percentages in a text, and discounts that are a number of things for the price of fewer."""

import re
from collections.abc import Iterator
from typing import Final

from desireline.model.promise import Extraction, MessageLanguage, PromiseKind
from desireline.voice.promises.context import nearest, pattern
from desireline.voice.promises.money import OFF, opened
from desireline.voice.promises.numbers import DASH, NUMBER, SPACE, between, value_of

_SIGN: Final = rf"{SPACE}?(?:%|percent\b|per\s+cent\b|proc\.|procent\w*|posto\b|odsto\b)"
_ONE: Final = re.compile(rf"(?P<minus>(?<![\w%]){DASH}{SPACE}?)?(?P<low>{NUMBER}){_SIGN}", re.IGNORECASE)
_TWO: Final = re.compile(
    rf"(?P<minus>(?<![\w%]){DASH}{SPACE}?)?(?P<low>{NUMBER})(?:{_SIGN})?(?:{SPACE}?{DASH}{SPACE}?|\s+(?:to|do)\s+)"
    rf"(?P<high>{NUMBER}){_SIGN}",
    re.IGNORECASE,
)
_OTHER: Final = pattern(
    "cotton bawełn pamu wool wełn vun of_customers of_our klientów kupaca korisnika satisf zadowol zadovolj vat$ "
    "pdv$ alcohol recycl tax$ podat interest oprocent kamat more$ więcej$ više$ natural natural prirodn"
)
_ABOUT: Final = {"discount": OFF, "share": _OTHER}
_FOR: Final = re.compile(
    r"(?<![0-9.,/])(?P<get>[2-9])\s*(?:for|za|w\s+cenie)\s+(?P<pay>[1-9])(?![0-9.,]*\s*(?:[0-9]|%|[€$£]|[^\W\d_]*(?:zł|PLN|"
    r"EUR|HRK|kn|kun|euro?|eura|pound|dollar|day|dni|dan|godzin|hour|sat|tydz|tjed|week|h\b|os[oó]b|people|min)))",
    re.IGNORECASE,
)
_PLUS: Final = re.compile(
    r"(?<![0-9.,+])(?P<pay>[1-9])\s*\+\s*(?P<more>[1-9])\s*(?:gratis|free|za\s+darmo|besplatno|GRATIS)\b", re.IGNORECASE
)


def percentages(text: str, language: MessageLanguage) -> Iterator[Extraction]:
    """All percentages, ranges first."""
    taken = 0
    both = [*_TWO.finditer(text), *_ONE.finditer(text)]
    for match in sorted(both, key=lambda one: (one.start(), -one.end())):
        if match.start() < taken:
            continue
        taken = match.end()
        yield _read(text, match, language)


def multibuys(text: str) -> Iterator[Extraction]:
    """Offers such as "3 for 2" and "2 + 1 free"; the value in percent is what is saved at most."""
    for match in [*_FOR.finditer(text), *_PLUS.finditer(text)]:
        parts = match.groupdict()
        pay = int(parts["pay"])
        get = int(parts["get"]) if "get" in parts else pay + int(parts["more"])
        if get > pay:
            saved = round(100 * (1 - pay / get), 2)
            yield Extraction(kind="discount", low=saved, high=saved, unit="multibuy", value=f"{get} for {pay}",
                             quote=match.group(), start=match.start(), end=match.end())  # fmt: skip


def _read(text: str, match: re.Match[str], language: MessageLanguage) -> Extraction:
    parts = match.groupdict()
    low = value_of(parts["low"], language)
    ends: tuple[float | None, float | None]
    if "high" in parts:
        high = value_of(parts["high"], language)
        ends = (min(low, high), max(low, high))
    else:
        ends = opened(text, match.start(), low, language)
    off = parts["minus"] or nearest(text, match.start(), match.end(), _ABOUT) == "discount"
    kind: PromiseKind = "discount" if off else "share"
    return Extraction(kind=kind, low=ends[0], high=ends[1], unit="percent", value=f"{between(*ends)} percent",
                      quote=match.group(), start=match.start(), end=match.end())  # fmt: skip
