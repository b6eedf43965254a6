"""Prints how well deviations from a plan are recognised: the table of docs/explanation/conformance.md.

Usage: python tools/planted_deviations.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desireline.analyze import conformance
from tests.planted import deviations as planted

CASES = [
    {"rate": 0.05}, {"rate": 0.1}, {"rate": 0.2}, {"rate": 0.1, "paths": 3}, {"rate": 0.1, "any_move": True},
]  # fmt: skip


def main() -> None:
    """The table, over ten plans of 400 people each."""
    conformance.LISTED = 100_000
    print("| rate | paths | kind | planted | precision | recall | F1 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for case in CASES:
        told, counts = planted.gathered(range(10), **case)
        for kind, (precision, recall, f1) in told.items():
            what = f"{kind}, any move" if kind == "irregular" and case.get("any_move") else kind
            rates = f"{precision:.3f} | {recall:.3f} | {f1:.3f}"
            print(f"| {case['rate']:.0%} | {case.get('paths', 1)} | {what} | {counts[kind]:,} | {rates} |")


if __name__ == "__main__":
    main()
