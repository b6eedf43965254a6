"""Texts in English, Polish and Croatian: one catalogue per language, CLDR plurals, local numbers and dates."""

import datetime as dt
import json
from functools import cache
from importlib.resources import files
from typing import Final

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

LANGUAGES = ("en", "pl", "hr")


@cache
def catalogue(language: str) -> dict[str, str | dict[str, str]]:
    """All texts of a language by dotted key; a text with plural forms is a dict of CLDR categories."""
    text = files("desireline").joinpath("locales", f"{language}.json").read_text(encoding="utf-8")
    flat: dict[str, str | dict[str, str]] = json.loads(text)
    return flat


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


def known_language(wanted: str | None) -> str:
    """The first language of an `Accept-Language` header or locale name that we have, else English.

    >>> known_language("pl-PL,pl;q=0.9,en;q=0.8"), known_language("hr_HR.UTF-8"), known_language("de")
    ('pl', 'hr', 'en')
    """
    for part in (wanted or "").split(","):
        short = part.strip().lower().replace("_", "-").split(";")[0].split("-")[0].split(".")[0]
        if short in LANGUAGES:
            return short
    return "en"


def translate(language: str, key: str, **params: object) -> str:
    """The text of `key` with its parameters filled in; `n` chooses the plural form.

    Integers are grouped as the language writes them.

    Raises:
        KeyError: the catalogue has no such key.
    """
    text = catalogue(language)[key]
    if isinstance(text, dict):
        n = params.get("n", 0)
        form = _locale(language).plural_form(n if isinstance(n, (int, float)) else 0)
        text = text.get(form, text["other"])
    shown = {
        k: _signed(format_decimal(v, locale=language)) if isinstance(v, int) and not isinstance(v, bool) else v
        for k, v in params.items()
    }
    return text.format(**shown)


MINUS = "\u2212"


def number(language: str, value: float, digits: int = 0) -> str:
    r"""A number as the language writes it, with exactly `digits` decimals and a real minus sign.

    >>> number("pl", -1234.5, 1), number("en", -0.001)
    ('−1\xa0234,5', '0')
    """
    return _signed(format_decimal(value, format="#,##0" + _decimals(digits), locale=language))


def percent(language: str, share: float, digits: int = 0) -> str:
    r"""A share of 0..1 as a percentage as the language writes it: in Croatian with a no-break space.

    >>> percent("en", 0.125, 1), percent("hr", -0.125, 1)
    ('12.5%', '−12,5\xa0%')
    """
    gap = "\xa0" if "\xa0" in _locale(language).percent_formats[None].pattern else ""
    return _signed(format_percent(share, format=f"#,##0{_decimals(digits)}{gap}%", locale=language))


def _decimals(digits: int) -> str:
    return "." + "0" * digits if digits else ""


def _signed(text: str) -> str:
    """What is rounded to nothing has no sign."""
    sign, zero = ("-", MINUS), not any(digit in text for digit in "123456789")
    return text.lstrip("".join(sign)) if zero else text.replace(*sign)


_DATED: Final = {"en": "en_GB"}
"""The locale that days are written in, as on the screen."""


def date(language: str, day: dt.date) -> str:
    """A calendar day, medium length.

    >>> date("en", dt.date(2026, 11, 23))
    '23 Nov 2026'
    """
    return format_date(day, format="medium", locale=_DATED.get(language, language))


def moment(language: str, instant: dt.datetime) -> str:
    """A date and time, medium length."""
    return format_datetime(instant, format="medium", locale=_DATED.get(language, language))
