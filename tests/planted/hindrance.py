"""Journeys in which one touchpoint is known to hinder the goal, with everyone's journey without the hindrance."""

from typing import NamedTuple

import numpy as np

HOUR = 3_600_000_000
PAGES = ("list", "item", "info", "cart")


class Hindered(NamedTuple):
    """Events (unit, time µs, name) of people; `lost`: the share of those who met "trouble" that lost "order" by it."""

    events: list[tuple[int, int, str]]
    lost: float


def hindered(people: int, seed: int, factor: float = 0.5, seen: bool = True, steps: int = 12) -> Hindered:
    """Each step is a page, trouble or the order; keen people order oftener and meet trouble oftener.

    Trouble multiplies the chance of an order at each of the next two steps by `factor`. Keenness shows in the first
    page ("club" or "home") if it is `seen`. The same draws without the factor give what was lost.
    """
    rng = np.random.default_rng(seed)
    events: list[tuple[int, int, str]] = []
    lost = met = 0
    for person in range(people):
        keen = rng.random() < 0.4
        start = int(rng.integers(0, 90 * 24)) * HOUR
        draws = rng.random((steps, 4))
        walk, hit = _walk(draws, keen, factor, seen)
        other, _ = _walk(draws, keen, 1.0, seen)
        met += hit
        lost += hit and walk[-1] != "order" and other[-1] == "order"
        events += [(person, start + at * HOUR // 2, name) for at, name in enumerate(walk)]
    return Hindered(events, lost / max(met, 1))


def _walk(draws: np.ndarray, keen: bool, factor: float, seen: bool) -> tuple[list[str], bool]:
    walk: list[str] = []
    slowed, hit = 0, False
    for at, (ordering, leaving, troubled, page) in enumerate(draws):
        chance = (0.16 if keen else 0.04) * (factor if slowed else 1.0)
        if at >= 3 and ordering < chance:
            return [*walk, "order"], hit
        if at >= 3 and leaving < 0.1:
            break
        slowed -= slowed > 0
        if not hit and at >= 3 and troubled < (0.16 if keen else 0.06):
            walk.append("trouble")
            slowed, hit = 2, True
        else:
            walk.append(("club" if keen and seen else "home") if at == 0 else _page(page))
    return walk, hit


def _page(draw: float) -> str:
    return PAGES[int(draw * len(PAGES))]
