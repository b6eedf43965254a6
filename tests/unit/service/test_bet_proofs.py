"""What a bet rests on: treated apart from compared, and nothing that had begun before it."""

import pytest

from desireline.model.action import Bet
from desireline.service.actions.power import plan_of
from desireline.service.before_after.measuring import panel_of
from desireline.service.workspace import Workspace
from tests.planted.bets import BET, CHANGE, FORM, planted


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return planted(tmp_path_factory.mktemp("proofs"))


@pytest.mark.parametrize("saved", [False, True])
def test_the_comparison_is_not_among_the_treated(shop, saved):
    """Everybody but the store: only the web calls besides."""
    shop.save_segment({**BET["comparison"], "name": "Store"})
    without = {**BET, "segment": None, "comparison": "Store" if saved else BET["comparison"]}
    plan = plan_of(shop, Bet.model_validate(without), CHANGE)
    everybody, store, web = (panel_of(shop, plan_of(shop, Bet.model_validate(one), CHANGE)).values for one in (
        {**BET, "segment": None, "comparison": None}, without, BET))  # fmt: skip
    assert panel_of(shop, plan).values.sum(axis=0) == pytest.approx(everybody[0])
    assert store == pytest.approx(web)


def test_a_bet_on_imported_exposures_that_came_before_it_does_not_count(shop):
    """Started now, on the people of July 2025."""
    form = shop.experiments.create({**FORM, "name": "Again"})
    bet = {"experiment": form.id, "expected": {"value": 0.2}, "evaluate": "2030-07-01"}
    early = shop.actions.create({"name": "Before the import", "bet": bet})
    shop.experiments.start(form.id)
    assert not shop.actions.start(early.id).seal.late, "nobody is recorded yet"
    _renamed(shop, form.id, "Form")
    late = shop.actions.create({"name": "After the import", "bet": bet})
    assert shop.actions.start(late.id).seal.late
    judged = shop.actions.verdict(early.id)
    assert judged.seal.late, "known once it is judged"
    for one in (early, late):
        assert [bet.sealed for bet in shop.actions.bets().bets if bet.action == one.id] == [False]
    assert "does not count" in shop.actions.shown([judged])[0].told["late"]


def _renamed(shop, which, name):
    """Under the name by which the exposures of the file call it."""
    for other in shop.experiments.all():
        if other.name == name:
            shop.experiments.remove(other.id)
    shop.experiments.change(which, {"revision": shop.experiments.get(which).revision, "name": name})
