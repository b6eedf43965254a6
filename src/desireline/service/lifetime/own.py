"""What the customers of a workspace will be worth, by their purchases in its events."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desireline.service.lifetime.fitting import Fitted, Wanted, check, of_purchases

if TYPE_CHECKING:
    from desireline.model.segment import Segment
    from desireline.service.questioning import Questioning


@dataclass(frozen=True)
class Buying:
    """What counts as a purchase.

    Attributes:
        purchases: goals, touchpoints, events or channels.
        refunds: what takes back.
        segment: whose, as a condition or the name of a saved one; everybody's if None.
    """

    purchases: list[str]
    refunds: list[str]
    segment: "Segment | str | None" = None


def fit_own(workspace: "Questioning", buying: Buying, wanted: Wanted) -> Fitted:
    """Fits BG/NBD, and Gamma-Gamma where purchases have a value, up to the end of the observation.

    Raises:
        NoEvents: the workspace has none.
        UnknownStep: a name is none of the workspace's.
        BadQuestion: nothing is bought, or a figure makes no sense.
        TooFewBuyers: too few bought again.
    """
    from desireline.analyze.kpis.measuring import usual_end
    from desireline.analyze.kpis.purchases import purchases
    from desireline.collect.customer_table import Purchases
    from desireline.errors import TooFewBuyers
    from desireline.model.calendar import day_of
    from desireline.service.kpis.counting import Scopes
    from desireline.service.lifetime.fitting import NEEDED

    check(wanted)
    with workspace.pinned() as generation:
        scope = Scopes(workspace).of(buying.segment)
        found = purchases(scope, buying.purchases, buying.refunds)
        if not len(found.day):
            raise TooFewBuyers(repeating=0, customers=0, needed=NEEDED)
        keys = generation.people["key"].take(scope.owner[found.who]).to_pylist()
        read = Purchases(keys, found.customer, found.day, found.amount, found.priced)
        known = day_of(usual_end(scope), scope.zone)
    return of_purchases(read, wanted, max(known, dt.date.fromordinal(int(found.day.min()))))
