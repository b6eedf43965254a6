"""All bets of a workspace, taken together."""

import datetime as dt
from typing import TYPE_CHECKING

from desireline.act.bets import calibration
from desireline.act.bets.calibration import ENOUGH
from desireline.i18n import number, percent, translate
from desireline.model.action import Action, Bet, Bets, PlacedBet
from desireline.model.bet import Calibration, SettledBet
from desireline.service.actions.days import today
from desireline.service.actions.telling import Telling
from desireline.service.actions.writing_back import SETTLED

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace


def bets(workspace: "Workspace", listed: list[Action], language: str) -> Bets:
    """Bets as they were sealed; one that was registered after the start is shown, but does not count."""
    telling, now = Telling(workspace, language), today(workspace)
    placed = [_placed(telling, one, bet, now) for one in listed if (bet := standing(one)) is not None]
    sealed = [one for one in placed if one.sealed]
    found = calibration([settled for one in sealed if (settled := _settled(one)) is not None])
    return Bets(
        bets=placed, calibration=found, open=len(sealed) - found.n,
        unsealed=sum(one.seal is not None and standing(one) is not None and not counts(one) for one in listed),
        told=told(found, language),
    )  # fmt: skip


def counts(one: Action) -> bool:
    """Whether its bet stood before what it is on began."""
    return one.seal is not None and one.seal.bet is not None and not one.seal.late


def standing(one: Action) -> Bet | None:
    """The bet that counts: the sealed one, else the one of now."""
    return one.seal.bet if one.seal is not None and one.seal.bet is not None else one.bet


def told(found: Calibration, language: str) -> list[str]:
    """What the figures say: how many came true, how the sizes compare, or that there are too few."""

    def text(key: str, **params: object) -> str:
        return translate(language, f"actions.bets.{key}", **params)

    if found.n == 0 or found.low is None or found.high is None or found.hit_rate is None:
        return [text("none")]
    shares = {name: percent(language, value) for name, value in
              {"rate": found.hit_rate, "low": found.low, "high": found.high}.items()}  # fmt: skip
    sentences = [text("hits", n=found.n, hits=found.hits, **shares)]
    if found.ratio is not None and found.ratio_low is not None and found.ratio_high is not None:
        ends = {"low": number(language, found.ratio_low, 2), "high": number(language, found.ratio_high, 2)}
        key = "ratio_below" if found.ratio_high < 1 else "ratio_above" if found.ratio_low > 1 else "ratio"
        sentences.append(text(key, ratio=number(language, found.ratio, 2), **ends))
        sentences.append(text("covered", n=found.measured, covered=found.covered))
    if not found.enough:
        sentences.append(text("too_few", n=found.n, needed=ENOUGH))
    return sentences


def _placed(telling: Telling, one: Action, bet: Bet, today: dt.date) -> PlacedBet:
    verdict = one.verdict
    sized = verdict is not None and verdict.low is not None
    return PlacedBet(
        action=one.id, name=one.name, owner=one.owner, metric=telling.metric(bet), unit=telling.unit(bet),
        expected=bet.expected, evaluate=bet.evaluate, sealed=counts(one),
        changed=len({change.field for change in one.changes}),
        due=bet.evaluate <= today and (verdict is None or verdict.verdict not in SETTLED),
        outcome=verdict.verdict if verdict is not None else None,
        reason=verdict.reason if verdict is not None else None,
        effect=verdict.effect if verdict is not None and sized else None,
        low=verdict.low if verdict is not None else None, high=verdict.high if verdict is not None else None,
    )  # fmt: skip


def _settled(one: PlacedBet) -> SettledBet | None:
    if one.outcome not in SETTLED:
        return None
    return SettledBet.model_validate({
        "name": one.name, "expected": one.expected.value, "effect": one.effect, "low": one.low, "high": one.high,
        "verdict": one.outcome,
    })  # fmt: skip
