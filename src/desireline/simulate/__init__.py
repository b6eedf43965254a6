"""Invented customers whose every truth is known: what methods are graded by.

Example:
    >>> from desireline.simulate import simulate
    >>> simulate(100, seed=7).truth["goal"]
    'Order'
"""

from desireline.simulate.making import simulate
from desireline.simulate.settings import Difficulty, Effects
from desireline.simulate.simulation import Simulation

__all__ = ["Difficulty", "Effects", "Simulation", "simulate"]
