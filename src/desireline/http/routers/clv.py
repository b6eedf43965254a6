"""Customer lifetime value of the workspace's own customers."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from desireline.http.desk import InWorkspace
from desireline.model.definition import Strict
from desireline.model.kpi import Names
from desireline.model.lifetime import ClvFit, TimeUnit
from desireline.model.segment import Segment

router = APIRouter(prefix="/clv", tags=["clv"])


class OwnCustomers(Strict):
    """What counts as a purchase, what takes back, whose they are, and how far ahead the worth goes.

    Names are goals, touchpoints, event names or channels; purchases after `calibration_end` judge the model.
    """

    purchases: Annotated[Names, Field(min_length=1)]
    refunds: Names = Field(default_factory=list)
    segment: Segment | str | None = None
    calibration_end: dt.date | None = None
    unit: TimeUnit = "week"
    months: int = 12
    discount: float = 0.1
    margin: float = 1.0


@router.post("/customers")
def customers(workspace: InWorkspace, asked: OwnCustomers) -> ClvFit:
    """Fits the workspace's own customers by what they bought in its events."""
    from desireline.service import settings
    from desireline.service.lifetime import Buying, Wanted, fit_own

    zone = settings.load(workspace.places.root).zone
    wanted = Wanted(asked.unit, asked.calibration_end, asked.months, asked.discount, asked.margin, {}, zone)
    return fit_own(workspace, Buying(asked.purchases, asked.refunds, asked.segment), wanted).summary
