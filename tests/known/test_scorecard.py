"""A small fixed part of the scorecard, with margins: whoever makes a method worse is told by this first."""

import importlib

import pytest

from desireline.i18n import LANGUAGES, catalogue
from desireline.scorecard import Grid, scorecard
from desireline.scorecard.measures import Measure
from desireline.scorecard.methods import methods
from desireline.scorecard.running import NAMES, Job, scored
from desireline.scorecard.worlds import Setting

SETTING = Setting("easy", 3_000, 100_000)


def asked(name, people=3_000):
    """(maker, measure, baseline) → score of ours and of the usual way, over the trials of a method."""
    trials = next(m for m in methods() if m.name == name).trials
    quick = [t for t in range(len(trials)) if name != "troubles" or trials[t].maker == "second"]
    found = [one for t in quick for one in scored(Job(name, t, SETTING._replace(people=people)))]
    sums = {}
    for cell, score in found:
        ours, of, theirs = sums.get((cell.maker, cell.measure.name, cell.measure.baseline), (0.0, 0.0, 0.0))
        sums[cell.maker, cell.measure.name, cell.measure.baseline] = (
            ours + score.value, of + score.of, theirs + (score.baseline or 0.0)
        )  # fmt: skip
    return {key: (ours / of, theirs / of) for key, (ours, of, theirs) in sums.items() if of}


def test_stages():
    found = asked("stages")
    assert found["simulator", "ari", "mean_position"][0] >= 0.85
    assert found["second", "ari", "mean_position"][0] >= 0.95


def test_types():
    found = asked("types", 1_000)
    assert found["simulator", "ari", "random_start_em"][0] >= 0.75
    assert found["simulator", "ari", "random_start_em"][0] > found["simulator", "ari", "random_start_em"][1] + 0.2
    assert found["second", "null_runs", "random_start_em"][0] == 0


def test_drift():
    found = asked("drift")
    for maker in ("simulator", "second"):
        assert found[maker, "found", "chi_square"][0] == 1
        assert found[maker, "null_runs", "chi_square"] == (0, 1)
        assert found[maker, "days_off", None][0] <= 7


def test_obstacles():
    assert all(ours >= 0.95 for ours, _ in asked("obstacles").values())


def test_friction():
    """The usual ways accuse somebody where nothing hinders; ours nobody."""
    found = asked("friction")
    for maker in ("simulator", "second"):
        assert found[maker, "precision", "odds_top_10"][0] == 1
        assert found[maker, "recall", "odds_top_10"][0] >= 0.25
        assert found[maker, "null_runs", "odds_top_10"] == (0, 1)


def test_troubles():
    found = asked("troubles")
    assert found["second", "found", "three_sigma"][0] == 1
    assert found["second", "days_off", None][0] <= 1
    assert found["second", "false_alarms", None][0] <= 1
    assert found["second", "null_runs", "three_sigma"] == (0, 1)


def test_stakes():
    found = asked("stakes")
    assert found["second", "coverage", "naive_gap"][0] >= 0.75
    ours, theirs = found["second", "loss_ratio", "naive_gap"]
    assert abs(ours - 1) < abs(theirs - 1)
    assert found["second", "hidden_grade", None][0] == found["second", "hidden_sensitivity", None][0] == 1


def test_every_measure_has_its_words_in_three_languages():
    assert tuple(m.name for m in methods()) == NAMES
    modules = [importlib.import_module(f"desireline.scorecard.methods.{name}") for name in NAMES]
    measures = {m.name: m for module in modules for m in _measures(vars(module).values())}
    wanted = {f"cli.scorecard.measure.{name}" for name in measures} | {f"cli.scorecard.method.{n}" for n in NAMES}
    wanted |= {f"cli.scorecard.baseline.{m.baseline}" for m in measures.values() if m.baseline}
    assert len(measures) > 20
    assert all(wanted <= set(catalogue(language)) for language in LANGUAGES)


def _measures(values):
    for value in values:
        if isinstance(value, Measure):
            yield value
        elif isinstance(value, list | dict):
            yield from _measures(value.values() if isinstance(value, dict) else value)


@pytest.mark.parametrize("workers", [0, 1])
def test_the_same_grid_gives_the_same_figures(workers):
    """In this process and in another one, whichever ends first."""
    grid = Grid(("easy",), (400,), 2)
    again = scorecard(grid, only=["obstacles"], workers=workers)
    assert again == scorecard(grid, only=["obstacles"], workers=0)
    assert [r.seeds for r in again.rows] == [2] * 4
