"""Microseconds since 1970-01-01 UTC, which all arrays hold, as dates and back."""

import datetime as dt

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def moment(micros: int) -> dt.datetime:
    """An aware UTC datetime.

    >>> moment(1_500_000)
    datetime.datetime(1970, 1, 1, 0, 0, 1, 500000, tzinfo=datetime.timezone.utc)
    """
    return EPOCH + dt.timedelta(microseconds=int(micros))


def maybe_moment(micros: int | None) -> dt.datetime | None:
    """`moment`, or None for None."""
    return None if micros is None else moment(micros)
