"""Days that somebody asks about: of the years that events can be of, so that there is a day before and after each."""

import datetime as dt
from typing import Annotated, Final

from pydantic import Field

FIRST: Final = dt.date(1900, 1, 1)
LAST: Final = dt.date(2262, 4, 10)

Day = Annotated[dt.date, Field(ge=FIRST, le=LAST)]
