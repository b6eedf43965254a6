"""How well an organisation's bets come true: hits, and measured effects against expected ones."""

from collections.abc import Sequence

import numpy as np

from desireline.model.bet import Calibration, SettledBet
from desireline.model.intervals import mean_within, wilson

ENOUGH = 10
SETTLED = frozenset({"worked", "no_evidence", "harmed"})


def calibration(bets: Sequence[SettledBet]) -> Calibration:
    """Over all bets with a verdict; too early, blocked and refused ones say nothing yet.

    Each bet counts by measured / expected, so that bets on different figures can be taken together; the ratio is the
    mean of these with Student's interval. Wilson's interval around the hit rate.
    """
    settled = [bet for bet in bets if bet.verdict in SETTLED]
    measured = [bet for bet in settled if bet.effect is not None and bet.expected != 0]
    hits = sum(bet.verdict == "worked" for bet in settled)
    low, high = wilson(hits, len(settled))
    ratios = np.array([(bet.effect or 0.0) / bet.expected for bet in measured])
    mean = float(ratios.mean()) if len(ratios) else None
    error = float(ratios.std(ddof=1) / np.sqrt(len(ratios))) if len(ratios) > 1 else 0.0
    around = None if mean is None else mean_within(mean, error, len(ratios))
    return Calibration(
        n=len(settled), measured=len(measured), hits=hits, hit_rate=hits / len(settled) if settled else None,
        low=low if settled else None, high=high if settled else None, ratio=mean,
        ratio_low=around.low if around else None, ratio_high=around.high if around else None,
        covered=sum(_covers(bet) for bet in measured), enough=len(settled) >= ENOUGH,
    )  # fmt: skip


def _covers(bet: SettledBet) -> bool:
    return bet.low is not None and bet.high is not None and bet.low <= bet.expected <= bet.high
