"""A verdict as one sentence, in each language, never stronger than its grade.

"Proven" is said of A only, "causes" of A and B; of C and D only that it went along with the change.
"""

from math import floor, log10

from desireline.i18n import catalogue, number, translate
from desireline.model.verdict import Verdict, VerdictUnit

SIZED = frozenset({"worked", "harmed", "no_evidence", "estimate"})


def sentence(verdict: Verdict, language: str = "en") -> str:
    """What came of it, with size, interval and grade.

    Args:
        verdict: what is told.
        language: `en`, `pl` or `hr`.
    """
    metric = verdict.metric or translate(language, "verdict.metric")
    if verdict.word not in SIZED or verdict.effect is None or verdict.low is None or verdict.high is None:
        return translate(language, f"verdict.sentence.{verdict.verdict}", metric=metric, why=_why(verdict, language))
    digits = digits_of(verdict)
    figures = {
        "effect": _size(verdict, abs(verdict.effect), digits, language),
        "low": _plain(verdict, verdict.low, digits, language),
        "high": _size(verdict, verdict.high, digits, language, signed=True),
    }
    if verdict.word in {"no_evidence", "estimate"}:
        figures["effect"] = _size(verdict, verdict.effect, digits, language, signed=True)
        beside = {"found": _found(verdict, digits, language), "why": _why(verdict, language)}
        return translate(language, f"verdict.sentence.{verdict.word}", metric=metric, **figures, **beside).strip()
    strength = {"A": "proven", "B": "causes"}.get(verdict.grade or "D", "along")
    way = "up" if verdict.effect > 0 else "down"
    key = f"verdict.sentence.{verdict.verdict}.{strength}.{way}"
    return translate(language, key, metric=metric, grade=verdict.grade or "D", **figures)


def not_checked(verdict: Verdict, language: str = "en") -> list[str]:
    """What may still be wrong, a text for each code."""
    stem = {"experiment": "cli.experiment.unchecked", "before_after": "verdict.not_checked"}[verdict.source]
    return [translate(language, f"{stem}.{code}") for code in verdict.not_checked]


def digits_of(verdict: Verdict) -> int:
    """Decimals that the interval justifies: two significant figures of its half width."""
    scale = 100.0 if verdict.unit == "share" else 1.0
    half = ((verdict.high or 0.0) - (verdict.low or 0.0)) / 2 * scale
    return 2 if half <= 0 else min(6, max(0, 1 - floor(log10(half))))


def _why(verdict: Verdict, language: str) -> str:
    if verdict.reason is None:
        return ""
    stem = {"experiment": "cli.experiment.reason", "before_after": "verdict.reason"}[verdict.source]
    return translate(language, f"{stem}.{verdict.reason}")


def _found(verdict: Verdict, digits: int, language: str) -> str:
    """The size that would have been found, where it is known."""
    if verdict.minimum_detectable is None:
        return ""
    size = _size(verdict, verdict.minimum_detectable, digits, language)
    return translate(language, "verdict.detectable", size=size)


def _plain(verdict: Verdict, value: float, digits: int, language: str) -> str:
    """A number with its sign, without its unit."""
    shown = round(value * (100 if verdict.unit == "share" else 1), digits) + 0.0
    text = number(language, abs(shown), digits)
    return f"−{text}" if shown < 0 else f"+{text}" if shown > 0 else text


def _size(verdict: Verdict, value: float, digits: int, language: str, *, signed: bool = False) -> str:
    scaled = value * (100 if verdict.unit == "share" else 1)
    text = _plain(verdict, value, digits, language)
    text = text if signed else text.lstrip("+")
    return text + _unit(verdict.unit, abs(round(scaled, digits)), language)


def _unit(unit: VerdictUnit, n: float, language: str) -> str:
    key = f"verdict.unit.{unit}"
    return "" if key not in catalogue(language) else " " + translate(language, key, n=n)
