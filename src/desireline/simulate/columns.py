"""Numbers to the columns of the tables that are written."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desireline.simulate import world
from desireline.simulate.arrays import F64, I64, Bools
from desireline.simulate.calendar import DAY


def chosen(names: Sequence[str | None], at: I64) -> pa.Array:
    """Texts by their numbers; null for a negative one."""
    where = pa.array(at, pa.int64(), mask=at < 0)
    return pa.array(names, pa.string()).take(where)


def numbered(prefix: str, numbers: I64, missing: Bools | None = None) -> pa.Array:
    """Texts such as `p17`; null where one is missing."""
    texts = pa.array(numbers, pa.int64(), mask=missing).cast(pa.string())
    return pc.binary_join_element_wise(prefix, texts, "")


def floats(values: F64) -> pa.Array:
    """Numbers; null for NaN."""
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def moments(micros: I64) -> pa.Array:
    """Moments in UTC."""
    return pa.array(micros).cast(pa.timestamp("us", tz="UTC"))


def slug(name: str) -> str:
    """A touchpoint as it stands in an address.

    >>> slug("Support e-mail")
    'support-e-mail'
    """
    return name.lower().replace(" ", "-")


PLATFORMS = ("none", "web", "ios", "android")
RELEASE_DAYS = (0.0, 30.0, 60.0, 90.0, 120.0, 134.0, 165.0, 195.0, 225.0)
"""When web and apps are renewed; the fifth release is bad on one platform and soon replaced."""
RELEASES = tuple(f"1.{k}" for k in range(len(RELEASE_DAYS)))


def platforms(channel: I64, android: Bools) -> I64:
    """The platform of each event: of the app by the person's device."""
    by_channel = np.array([{"web": 1, "app": 2}.get(c, 0) for c in world.CHANNELS])[channel]
    return np.where((by_channel == 2) & android, 3, by_channel)


def releases(seconds: F64, platform: I64) -> I64:
    """The release that was out, on web and apps."""
    found = np.searchsorted(np.array(RELEASE_DAYS) * DAY, seconds, "right") - 1
    return np.where(platform > 0, found.clip(min=0), -1)
