"""Money in a text: prices, what delivery costs, from which order value something holds, money off."""

import re
from collections.abc import Iterator
from typing import Final

from desireline.model.promise import Extraction, MessageLanguage, PromiseKind
from desireline.voice.promises.context import DELIVERY, after, before, nearest, pattern
from desireline.voice.promises.numbers import DASH, NUMBER, SPACE, between, value_of

_CURRENCIES: Final = {
    "PLN": "zł|zl|PLN|złoty(?:ch|m)?|złote(?:go)?|złotówek",
    "EUR": "€|EUR|euros?|eura|eurima|eurom?",
    "HRK": "kn|HRK|kun(?:a|e|i|u|ama)",
    "USD": r"US\$|\$|USD|dollars?|dolar(?:ów|y|a|ach|i|e)?",
    "GBP": "£|GBP|pounds?|funt(?:ów|y|a|i|e|om)?",
    "CHF": "CHF",
    "CZK": "Kč|CZK",
    "HUF": "Ft|HUF",
}
_CURRENCY: Final = "|".join(f"(?:{words})" for words in _CURRENCIES.values())
_WHICH: Final = {code: re.compile(rf"(?:{words})\Z", re.IGNORECASE) for code, words in _CURRENCIES.items()}
_TIMES: Final = {"tys": 1e3, "tis": 1e3, "tho": 1e3, "k": 1e3, "mln": 1e6, "mil": 1e6}
_SCALE: Final = (
    rf"(?:{SPACE}?(?P<scale{{0}}>tys\.?|tysi[ąę]c\w*|tisuć\w*|tis\.?|thousand|mln\.?|milion\w*|milijun\w*|million|k)"
    r"(?!\w))?"
)
_GAP: Final = rf"{SPACE}{{0,2}}"


def _amount(n: int) -> str:
    """A number with its currency before or behind it, as groups `pre`, `number`, `scale`, `post` and their number."""
    tail = rf"(?:,{DASH})?" + _SCALE.format(n)
    return (
        rf"(?:(?P<pre{n}>(?<!\w)(?:{_CURRENCY})){_GAP})?(?P<number{n}>{NUMBER}){tail}"
        rf"(?:{_GAP}(?P<post{n}>{_CURRENCY})(?!\w))?"
    )


_ONE: Final = re.compile(_amount(1), re.IGNORECASE)
_TWO: Final = re.compile(
    rf"{_amount(1)}(?:{_GAP}{DASH}{_GAP}|\s+(?:to|do|and|a|i)\s+){_amount(2)}", re.IGNORECASE
)  # fmt: skip

_FROM: Final[dict[MessageLanguage, str]] = {
    "en": r"\b(?:from|starting\s+at|starts\s+at|at\s+least|over|above|more\s+than)",
    "pl": r"\b(?:już\s+od|od|powyżej|ponad|co\s+najmniej|min\.)",
    "hr": r"(?:\b(?:već\s+od|cijene\s+od|iznad|preko|najmanje|minimalno)|(?:^|[.!?]\s)\s*od)",
}
_UP_TO: Final[dict[MessageLanguage, str]] = {
    "en": r"\b(?:up\s+to|under|below|less\s+than|at\s+most|no\s+more\s+than)",
    "pl": r"\b(?:do|poniżej|nawet|maksymalnie|maks\.|najwyżej|nie\s+więcej\s+niż)",
    "hr": r"\b(?:do|ispod|čak|najviše|maksimalno|manje\s+od)",
}
_LEAST: Final = {
    language: re.compile(rf"(?:{words}|\b(?:od|of|worth|za|na|kwoty|iznosa))\s*$", re.IGNORECASE)
    for language, words in _FROM.items()
}
OPEN_FROM: Final = {language: re.compile(rf"{words}\s*$", re.IGNORECASE) for language, words in _FROM.items()}
OPEN_TO: Final = {language: re.compile(rf"{words}\s*$", re.IGNORECASE) for language, words in _UP_TO.items()}

FREE: Final = pattern("free$ darmow bezpłatn gratis besplatn za_darmo")
_ORDERS: Final = pattern(
    "orders?$ spend$ purchases?$ basket zamówie zakup koszyk minimaln narudžb kupnj kupovin košaric minimum"
)
OFF: Final = pattern(
    "off$ discount save$ saves$ saving cheaper rabat zniż taniej obniż oszczęd przecen popust ušted jeftinij snižen "
    "sale$ voucher kupon bon$ coupon cashback"
)
_PRICE: Final = pattern(
    "pric cost$ costs$ cen(?:a|ie|ę|y)$ kosztuj cijen stoji platit pay$ now$ teraz$ sada$ only$ tylko$ samo$"
)
_DELIVERY: Final = re.compile(
    rf"(?:{DELIVERY.pattern})(?:\s+(?:costs?|kosztuje|stoji|iznosi|wynosi)\b)?", re.IGNORECASE
)
_ABOUT: Final = {"discount": OFF, "delivery_cost": _DELIVERY, "price": _PRICE}


def money(text: str, language: MessageLanguage) -> Iterator[Extraction]:
    """All amounts of money, ranges first."""
    taken = 0
    for match in _merged(text):
        if match.start() < taken:
            continue
        found = _read(text, match, language)
        if found is not None:
            taken = match.end()
            yield found
    yield from _free_delivery(text)


def _merged(text: str) -> list[re.Match[str]]:
    ranges = [match for match in _TWO.finditer(text) if _currency(match, 1) or _currency(match, 2)]
    return sorted([*ranges, *_ONE.finditer(text)], key=lambda match: (match.start(), -match.end()))


def _currency(match: re.Match[str], n: int) -> str | None:
    written = match.group(f"pre{n}") or match.group(f"post{n}")
    return next((code for code, words in _WHICH.items() if words.match(written)), None) if written else None


def _value(match: re.Match[str], n: int, language: MessageLanguage) -> float:
    scale = (match.group(f"scale{n}") or "").lower()
    times = next((factor for start, factor in _TIMES.items() if scale.startswith(start)), 1.0) if scale else 1.0
    return value_of(match.group(f"number{n}"), language) * times


def _read(text: str, match: re.Match[str], language: MessageLanguage) -> Extraction | None:
    two = "number2" in match.re.groupindex
    currencies = [_currency(match, n) for n in ((1, 2) if two else (1,))]
    known = {code for code in currencies if code}
    if len(known) != 1:
        return None
    (unit,) = known
    low = _value(match, 1, language)
    high = _value(match, 2, language) if two else low
    if high < low:
        return None
    kind = _kind(text, match, language)
    ends: tuple[float | None, float | None] = (low, high)
    if not two and kind != "threshold":
        ends = opened(text, match.start(), low, language)
    return Extraction(
        kind=kind, low=ends[0], high=ends[1], unit=unit, value=f"{between(*ends)} {unit}", quote=match.group(),
        start=match.start(), end=match.end(),
    )  # fmt: skip


def opened(text: str, start: int, value: float, language: MessageLanguage) -> tuple[float | None, float | None]:
    """The ends of a single value after words such as "from" or "up to"."""
    left = before(text, start)
    if OPEN_FROM[language].search(left):
        return value, None
    if OPEN_TO[language].search(left):
        return None, value
    return value, value


def _kind(text: str, match: re.Match[str], language: MessageLanguage) -> PromiseKind:
    left, right = before(text, match.start(), 80), after(text, match.end())
    if _LEAST[language].search(left) and (
        _ORDERS.search(left[-45:]) or (FREE.search(left + right) and DELIVERY.search(left + right))
    ):
        return "threshold"
    if re.search(r"\bspend\s+$", left, re.IGNORECASE):
        return "threshold"
    found = nearest(text, match.start(), match.end(), _ABOUT, across=False)
    if found == "discount" and _whole_price(text, match):
        return "price"
    return found or "price"  # type: ignore[return-value]


def _whole_price(text: str, match: re.Match[str]) -> bool:
    """Whether a percentage stands between the word for a discount and the amount: then the amount is the price."""
    left, right = before(text, match.start()), after(text, match.end())
    return bool(re.search(r"[0-9]\s*%[^,.]{0,12}$", left) or re.search(r"^\W{0,3}[^\w,.]*-?\s*[0-9]+\s*%", right))


def _free_delivery(text: str) -> Iterator[Extraction]:
    """Free delivery without a condition costs 0."""
    for match in _FREE_DELIVERY.finditer(text):
        rest = after(text, match.end(), 60)
        if _CONDITION.search(rest) or _CONDITION_BEFORE.search(before(text, match.start(), 60)):
            continue
        yield Extraction(kind="delivery_cost", low=0, high=0, unit="free", value="0 free", quote=match.group(),
                         start=match.start(), end=match.end())  # fmt: skip


_FREE_DELIVERY: Final = re.compile(
    r"\b(?:free|darmow\w+|bezpłatn\w+|besplatn\w+)\s+(?:[\w-]+\s+)?(?:deliver\w+|shipping|dostaw\w+|wysyłk\w+|przesyłk\w+|dostav\w+)"
    r"|\b(?:delivery|shipping|dostawa|wysyłka|przesyłka|dostava)\s+(?:is\s+|jest\s+|je\s+)?"
    r"(?:free|gratis|darmowa|bezpłatna|besplatna|za\s+darmo)\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(r"^[^.;!?]{0,45}?(?:[0-9]|\bif\b|\bjeśli\b|\bako\b|\bmembers\b)", re.IGNORECASE)
_CONDITION_BEFORE: Final = re.compile(r"[0-9][^.;!?]{0,40}$")
