"""Why a before/after is not estimated."""

from dataclasses import dataclass, field

from desireline.model.verdict import Reason


@dataclass(eq=False)
class Refused(Exception):
    """Nothing can be said; `details` are the facts. Never leaves this package's callers: it becomes a result."""

    reason: Reason
    details: dict[str, str | int | float] = field(default_factory=dict)
