"""Which topic an article would be worth most for.

The score is contacts x repeat contact x cost per contact x how alike the answers are. Repeat contact is
(repeats + 1) / (contacts + 2), Laplace's rule of succession, so that few contacts say neither never nor always. Answers
that are unknown for a topic count as the mean of the known ones, since what is unknown must move no rank; the cost is
the same for all topics and changes the unit alone.
"""

from collections.abc import Sequence
from math import ceil
from typing import Final

import numpy as np

from desireline.model.faq import Forecast, Rate
from desireline.model.intervals import wilson

SAVED: Final = (0.1, 0.3)
"""The least and the most of answerable contacts that an article is expected to save."""

SAMPLE: Final = 50
"""Contacts of a topic that a person codes before a forecast is worth it."""

FEWEST_ANSWERS: Final = 5
COMMON: Final = 0.02


def rate(n: int, of: int) -> Rate:
    """A share with Wilson's interval.

    >>> rate(0, 0).value
    """
    if not of:
        return Rate(n=n, of=of, value=None, low=None, high=None)
    low, high = wilson(n, of)
    return Rate(n=n, of=of, value=n / of, low=low, high=high)


def scores(
    contacts: Sequence[int], repeats: Sequence[tuple[int, int]], alike: Sequence[float | None], cost: float | None
) -> list[float]:
    """The score of each topic, in money if the cost is known.

    Args:
        contacts: of each topic.
        repeats: contacts followed by another one in time, of those whose time is over.
        alike: mean cosine of answers to their middle, None where there are too few.
        cost: of a contact.
    """
    known = [one for one in alike if one is not None]
    usual = float(np.mean(known)) if known else 1.0
    return [
        n * (again + 1) / (of + 2) * (usual if same is None else same) * (1.0 if cost is None else cost)
        for n, (again, of), same in zip(contacts, repeats, alike, strict=True)
    ]


def forecast(per_30_days: float, answerable: Rate, cost: float | None) -> Forecast:
    """Contacts that an article may save in 30 days: volume x share answerable x `SAVED`.

    >>> found = forecast(100, rate(40, 50), 5.0)
    >>> [round(x, 1) for x in (found.low, found.high, found.money_low, found.money_high)]
    [6.7, 26.6, 33.5, 133.1]
    """
    low = high = None
    if answerable.low is not None and answerable.high is not None and per_30_days > 0:
        low, high = per_30_days * answerable.low * SAVED[0], per_30_days * answerable.high * SAVED[1]
    refused = None if low is not None else "not_coded" if per_30_days > 0 else "no_contacts"
    return Forecast.model_validate(
        {
            "low": low, "high": high, "answerable": answerable, "wanted": SAMPLE, "refused": refused,
            "money_low": None if low is None or cost is None else low * cost,
            "money_high": None if high is None or cost is None else high * cost,
        }
    )  # fmt: skip


def alikeness(answers: Sequence[str]) -> float | None:
    """Mean cosine of answers to their middle, as TF-IDF of words; None for fewer than `FEWEST_ANSWERS`.

    Words of fewer than `COMMON` of the answers, such as names, do not count.
    """
    from desireline.voice.features import Features, Grams

    if len(answers) < FEWEST_ANSWERS:
        return None
    vectors = Features([Grams("words", 1, 2)], max(2, ceil(COMMON * len(answers)))).learn(answers)
    middle = np.asarray(vectors.mean(axis=0)).ravel()
    length = float(np.linalg.norm(middle))
    return float(np.clip((vectors @ (middle / length)).mean(), 0, 1)) if length else None
