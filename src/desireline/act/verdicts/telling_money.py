"""The money of a verdict in sentences: a gain or a loss only where the verdict says so, else both ends."""

from math import floor, log10

from desireline.i18n import number, translate
from desireline.model.verdict import Amount, Gain, Verdict, Worth


def money_told(verdict: Verdict, language: str = "en") -> list[str]:
    """What the effect is worth, for whom, at which worth, what the change costs, and what remains.

    Args:
        verdict: what is told.
        language: `en`, `pl` or `hr`.
    """
    told, money = [], verdict.money
    if money is not None:
        shown = _ends(money, language)
        if money.says == "loss":
            shown["value"] = _whole(abs(money.value), language)
        told = [translate(language, f"verdict.money.{money.says}.{money.period}", **shown)]
        told += _basis(verdict, money, language)
    if verdict.cost is not None:
        told.append(translate(language, "verdict.money.cost", cost=_whole(verdict.cost, language)))
    if money is not None and money.net is not None:
        told.append(_net(money, money.net, language))
    return told


def _basis(verdict: Verdict, money: Gain, language: str) -> list[str]:
    told = []
    if verdict.source == "before_after":
        told.append(translate(language, "verdict.money.basis.units"))
    elif money.people is not None:
        told.append(translate(language, "verdict.money.basis.people", n=round(money.people)))
    if money.worth is not None:
        worth = _priced(money.worth, language)
        told.append(translate(language, f"verdict.money.worth.{money.worth.origin}", worth=worth, kpi=money.worth.kpi))
    return told


def _net(money: Gain, net: Amount, language: str) -> str:
    """The middle is told only of a gain or loss that is one after the cost too."""
    low, high = net.low or 0.0, net.high or 0.0
    known = (money.says == "gain" and low > 0) or (money.says == "loss" and high < 0)
    return translate(language, "verdict.money.net" if known else "verdict.money.net.open", **_ends(net, language))


def _ends(amount: Amount, language: str) -> dict[str, str]:
    ends = {"value": amount.value, "low": amount.low or 0.0, "high": amount.high or 0.0}
    return {name: _whole(value, language) for name, value in ends.items()}


def _priced(worth: Worth, language: str) -> str:
    text = number(language, worth.value, 2)
    if worth.low is None or worth.high is None:
        return text
    return f"{text} ({number(language, worth.low, 2)} – {number(language, worth.high, 2)})"


def _whole(value: float, language: str) -> str:
    """Two figures that count: money of an estimate is no more exact."""
    digits = 0 if not value else min(2, 1 - floor(log10(abs(value))))
    rounded = round(value, digits) + 0.0
    text = number(language, abs(rounded), max(0, digits))
    return f"−{text}" if rounded < 0 else text
