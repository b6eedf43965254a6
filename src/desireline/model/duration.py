"""Lengths of time as people write them: 90s, 30m, 2h, 7d, 2w."""

import re

from desireline.errors import BadQuestion

_MICROS = {"s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000, "w": 604_800_000_000}
_TEXT = re.compile(r"\s*(\d{1,12}(?:\.\d{1,6})?)\s*([smhdw])\s*", re.ASCII | re.IGNORECASE)
_LONGEST = 2**62


def parse_duration(text: str, parameter: str = "within") -> int:
    """Microseconds of a number and a unit: seconds, minutes, hours, days or weeks; longer than nothing.

    >>> parse_duration("1.5h")
    5400000000

    Raises:
        BadQuestion: the text is something else; `parameter` is the name it says.
    """
    found = _TEXT.fullmatch(text)
    micros = round(float(found[1]) * _MICROS[found[2].lower()]) if found else 0
    if not 0 < micros < _LONGEST:
        raise BadQuestion(parameter=parameter, given=text, expected="90s, 30m, 2h, 7d, 2w")
    return micros
