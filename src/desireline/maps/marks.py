"""Small things that several exporters show in the same words: what marks a point, a sparkline's shape."""

from collections.abc import Sequence
from typing import Literal

from desireline.i18n import translate
from desireline.maps.parts import Curve

Mark = Literal["peak", "lowest", "end"]


def marks(curve: Curve, step: int) -> list[Mark]:
    """What is special about the point of a step."""
    found: list[Mark] = []
    if step == curve.peak:
        found.append("peak")
    if step == curve.lowest and step != curve.peak:
        found.append("lowest")
    if step == curve.end:
        found.append("end")
    return found


def curve_title(language: str, curve: Curve) -> str:
    """What a curve is drawn from, and whose it is."""
    told = translate(language, f"map.emotion.{curve.of}")
    return f"{curve.segment}: {told}" if curve.segment else told


def spark(values: Sequence[float | None]) -> list[list[tuple[float, float]]]:
    """A sparkline in a square of 1: stretches of points without gaps, y downwards.

    >>> spark([1, 3, None, 2])
    [[(0.0, 1.0), (0.3333333333333333, 0.0)], [(1.0, 0.5)]]
    """
    known = [v for v in values if v is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    span, steps = high - low, max(1, len(values) - 1)
    found: list[list[tuple[float, float]]] = [[]]
    for k, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append((k / steps, (high - value) / span if span else 0.5))
    return [run for run in found if run]
