"""What the commands of transitions, paths and variants answer: figures counted by hand from the visits of `visits`."""

from pathlib import Path

import pytest

from tests.commands import desireline_command

PATHS = ("paths", "--anchor", "Visit")


def pairs(told: dict) -> list[tuple[str, str, int]]:
    return [(t["from"], t["to"], t["count"]) for t in told["transitions"]]


class TestTransitions:
    def test_of_those_who_reach_a_goal_and_of_the_others(self, visits: Path) -> None:
        asked = ("transitions", "--goal", "Order", "--json")
        reached = desireline_command(*asked, "--reached", workspace=visits).json
        assert pairs(reached) == [("Basket", "Order", 16), ("Visit", "Basket", 16), ("Order", "Visit", 1)]
        assert reached["people_in_scope"] == 17
        missed = desireline_command(*asked, "--not-reached", workspace=visits).json
        assert pairs(missed) == [("Visit", "Visit", 5), ("Visit", "Basket", 4), ("Call", "Visit", 3)]
        assert missed["people_in_scope"] == 13
        assert desireline_command(*asked, workspace=visits).json == reached

    def test_the_people_behind_a_pair_of_names(self, visits: Path) -> None:
        told = desireline_command("transitions", "--json", workspace=visits).json
        cell = 'pair:["Call", "Visit"]'
        listed = ("people", "list", "--drill", told["drilldown"], "--cell", cell, "--json")
        assert desireline_command(*listed, workspace=visits).json["total"] == 3

    def test_a_goal_must_exist_and_be_named(self, visits: Path) -> None:
        for wrong in (("--goal", "Nowhere"), ("--reached",), ("--not-reached",)):
            ran = desireline_command("transitions", *wrong, workspace=visits)
            assert (ran.code, ran.out) == (1, "")
            assert "goal" in ran.err or "Nowhere" in ran.err


class TestPaths:
    def test_between_two_touchpoints(self, visits: Path) -> None:
        told = desireline_command(*PATHS, "--to", "Order", "--depth", 3, "--json", workspace=visits).json
        assert (told["people_entered"], told["arrived"]) == (29, 16)
        assert {n["name"]: n["people"] for n in told["layers"][2]} == {"Order": 16, "@end": 13}
        funnel = desireline_command("funnel", "--steps", "Visit,Order", "--json", workspace=visits).json
        assert told["arrived"] == funnel["steps"][1]["people"]

    def test_as_a_graph(self, visits: Path) -> None:
        told = desireline_command(*PATHS, "--form", "graph", "--json", workspace=visits).json
        assert {(e["from"], e["to"]): (e["count"], e["people"]) for e in told["edges"]} == {
            ("Visit", "Basket"): (20, 20), ("Basket", "Order"): (16, 16), ("Order", "@end"): (16, 16),
            ("Visit", "@end"): (9, 9), ("Visit", "Visit"): (5, 5), ("Basket", "@end"): (4, 4),
        }  # fmt: skip
        assert {n["name"]: (n["events"], n["people"]) for n in told["nodes"]} == {
            "Visit": (34, 29), "@end": (29, 29), "Basket": (20, 20), "Order": (16, 16)
        }  # fmt: skip

    def test_rare_names_are_one(self, visits: Path) -> None:
        told = desireline_command(*PATHS, "--depth", 2, "--min-share", "0.2", "--json", workspace=visits).json
        assert {n["name"]: n["people"] for n in told["layers"][1]} == {"Basket": 20, "@other": 5, "@end": 4}
        assert told["cut"] == [{"what": "layer:1", "kept": 1, "total": 2}]

    @pytest.mark.parametrize("language", ["en", "pl", "hr"])
    def test_tables_say_how_many_arrive(self, visits: Path, language: str) -> None:
        for form in ("flow", "graph"):
            asked = ("--language", language, *PATHS, "--to", "Order", "--form", form)
            told = desireline_command(*asked, workspace=visits).out
            assert "Basket" in told
            assert "Order" in told
            assert "16" in told.splitlines()[-2]


class TestVariants:
    def test_coverage(self, visits: Path) -> None:
        told = desireline_command("variants", "--json", workspace=visits).json
        assert [c["variants"] for c in told["coverage"]] == [1, 2, 3, 4, 5, 6]
        assert [c["share"] for c in told["coverage"]] == pytest.approx([n / 30 for n in (16, 21, 25, 28, 29, 30)])
        shown = desireline_command("variants", workspace=visits).out
        assert "The 3 commonest cover 83.3%" in shown
