"""What is said of an obstacle, and of a kind of obstacle that the data cannot show."""

import datetime as dt
from typing import Literal, get_args

from pydantic import BaseModel

Kind = Literal[
    "rage_click", "dead_click", "error_after_click", "ping_pong", "self_loop", "long_wait", "repeat_contact",
    "channel_switch_repeat", "drop_off", "too_many_touchpoints", "silence_after_promise", "not_found",
]  # fmt: skip
"""The kinds of obstacles; the rule of each stands in the module of its name."""

KINDS: tuple[Kind, ...] = get_args(Kind)

Reason = Literal[
    "no_clicks", "no_elements", "coarse_times", "no_errors", "no_contacts", "one_channel", "short_history", "no_goal",
    "no_promises", "no_answers", "no_searches",
]  # fmt: skip
"""Why a kind cannot be measured."""


class Within(BaseModel):
    """Repeat contact within so many `days`: `people` of `of`, with a 95 % Wilson interval."""

    days: int
    count: int
    people: int
    of: int
    share: float
    low: float
    high: float


class Obstacle(BaseModel):
    """One kind of trouble at one touchpoint on one channel.

    Attributes:
        channel: None where none is known.
        other: the touchpoint that people go back and forth to, of `ping_pong` alone.
        count: how often it happens.
        people: units that it happens to; `of`, units that it could have happened to; `share` is people / of, with its
            95 % Wilson interval `low` to `high`.
        people_per_month: the mean number of different units in the whole months (30.4375 days) of the observation.
        first, last: when it happens first and last, UTC.
        expected: the share of units that would be affected if nothing were wrong, None where nothing of the kind
            is expected.
        above, above_low, above_high: units affected above the expected, with the 95 % interval that `low` and `high`
            give; the expected counts as known.
        q: the false-discovery rate (Benjamini and Hochberg) at which it stands out of the expected, among all
            touchpoints and channels of the kind; None where weeks were picked in that way (`drop_off`), and without
            an expected share.
        rank_low, rank_high: the places that it may have in the order of `above`; obstacles whose places overlap are in
            no order.
        within: of `repeat_contact` alone, for 1, 7 and 30 days; the other figures are of 7 days.
        cell: who is affected; `examples`, up to three of them one by one.
        sentence_key, sentence_values: what `sentence` is made of, in the language that was asked for.
    """

    kind: Kind
    touchpoint: str
    channel: str | None
    other: str | None
    count: int
    people: int
    of: int
    share: float
    low: float
    high: float
    people_per_month: float
    first: dt.datetime
    last: dt.datetime
    expected: float | None
    above: float
    above_low: float
    above_high: float
    q: float | None
    rank_low: int
    rank_high: int
    within: list[Within]
    cell: str
    examples: list[str]
    sentence_key: str
    sentence_values: dict[str, int | float | str]
    sentence: str


class NotMeasurable(BaseModel):
    """A kind that the data cannot show; `sentence` says why, and what data would show it."""

    kind: Kind
    reason: Reason
    sentence: str
