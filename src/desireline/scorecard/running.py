"""Run all methods over a grid of difficulties, sizes and seeds, on all cores."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from multiprocessing import get_context
from typing import Final, NamedTuple, get_args

from desireline.scorecard.measures import Cell, Score, row
from desireline.scorecard.methods import methods
from desireline.scorecard.result import Name, Scorecard
from desireline.scorecard.worlds import Setting
from desireline.simulate import Difficulty

FIRST_SEED: Final = 100_000
"""Nobody has tuned anything on this seed or any above it."""

DIFFICULTIES: Final[tuple[Difficulty, ...]] = get_args(Difficulty)
MAKERS: Final = ("simulator", "second")
NAMES: Final[tuple[Name, ...]] = get_args(Name)


class Grid(NamedTuple):
    """Which worlds: every difficulty with every number of people, each with seeds of its own."""

    difficulties: Sequence[Difficulty]
    people: Sequence[int]
    seeds: int


FULL: Final = Grid(DIFFICULTIES, (2_000, 10_000, 40_000), 20)
QUICK: Final = Grid(("medium",), (10_000,), 4)


class Job(NamedTuple):
    """One trial of a method (by its place), in a setting."""

    method: Name
    trial: int
    setting: Setting


Scored = list[tuple[Cell, Score]]
Progress = Callable[[Name, int, int], None]
"""Given the method, how many trials are done, and of how many."""


def scorecard(
    grid: Grid = FULL, *, quick: bool = False, only: Sequence[Name] = (), workers: int | None = None,
    progress: Progress | None = None,
) -> Scorecard:  # fmt: skip
    """Plant, ask, and compare with what was planted. The same arguments give the same figures.

    Args:
        grid: which worlds.
        quick: methods whose bar is stated for a size of its own are asked at that size in place of the grid's.
        only: these methods; all if empty.
        workers: processes; one for each core if None, none beside this one if 0.
        progress: is told after each trial.
    """
    jobs = list(_jobs(grid, only, quick=quick))
    found: dict[Cell, dict[int, list[Score]]] = {}
    for done, (job, scored) in enumerate(_done(jobs, os.cpu_count() if workers is None else workers), 1):
        for cell, score in scored:
            found.setdefault(cell, {}).setdefault(job.setting.seed, []).append(score)
        if progress is not None:
            progress(job.method, done, len(jobs))
    rows = [row(cell, [seeds[seed] for seed in sorted(seeds)]) for cell, seeds in sorted(found.items(), key=_place)]
    return Scorecard(quick=quick, rows=rows)


def _jobs(grid: Grid, only: Sequence[Name], *, quick: bool) -> Iterator[Job]:
    """By setting; seeds of one cell of the grid do not come back in another."""
    cells = [(difficulty, people) for difficulty in grid.difficulties for people in grid.people]
    for place, (difficulty, people) in enumerate(cells):
        for seed in range(FIRST_SEED + 1_000 * place, FIRST_SEED + 1_000 * place + grid.seeds):
            for method in methods():
                if not only or method.name in only:
                    size = method.quick_people if quick and method.quick_people else people
                    for trial in range(len(method.trials)):
                        yield Job(method.name, trial, Setting(difficulty, size, seed))


def _done(jobs: Sequence[Job], workers: int | None) -> Iterator[tuple[Job, Scored]]:
    """Jobs as they end; the order of the rows does not hang on it."""
    if not workers:
        yield from ((job, scored(job)) for job in jobs)
        return
    with ExitStack() as stack:
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_alone)
        stack.callback(pool.shutdown, cancel_futures=True)
        running = {pool.submit(scored, job): job for job in jobs}
        for ended in as_completed(running):
            yield running[ended], ended.result()


def _alone() -> None:
    """Each process has a core of its own, so linear algebra is to start no threads on the others'."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)


def scored(job: Job) -> Scored:
    """Plant one world, ask one question, and compare."""
    method = next(method for method in methods() if method.name == job.method)
    trial = method.trials[job.trial]
    difficulty, people, seed = job.setting
    return [
        (Cell(job.method, trial.maker, difficulty, people, score.measure), score)
        for score in trial.scores(trial.made(job.setting), seed)
    ]


def _place(of: tuple[Cell, dict[int, list[Score]]]) -> tuple[int, ...]:
    cell = of[0]
    return NAMES.index(cell.method), MAKERS.index(cell.maker), DIFFICULTIES.index(cell.difficulty), cell.people
