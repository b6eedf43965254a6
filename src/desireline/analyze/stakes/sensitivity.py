"""How strong something unseen would have to be to explain an effect away: the E-value."""

from math import sqrt

MOST = 1000.0


def e_value(ratio: float) -> float:
    """The least strength that a hidden factor needs, as a risk ratio with the exposure and with the outcome alike.

    Any factor weaker than this on both sides cannot turn a risk ratio of 1 into `ratio` (VanderWeele and Ding 2017).
    Ratios are held between 1 / 1,000 and 1,000, as nothing finite explains a ratio of 0.

    >>> round(e_value(3.9), 2), round(e_value(1 / 3.9), 2), e_value(1.0)
    (7.26, 7.26, 1.0)
    """
    held = min(max(ratio, 1 / MOST), MOST)
    above = max(held, 1 / held)
    return above + sqrt(above * (above - 1))
