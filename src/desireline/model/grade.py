"""How much a claim rests on."""

from typing import Literal

Grade = Literal["A", "B", "C", "D"]
"""A: randomised. B: quasi-experiment that passed its placebo tests. C: adjusted association. D: raw pattern.

Only A and B speak of causes.
"""
