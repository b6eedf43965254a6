"""The grid that exporters read: every card in its cell with its words, figures and evidence."""

import pytest

from desireline.errors import BadQuestion
from desireline.i18n import LANGUAGES
from desireline.maps.grid import grid
from desireline.maps.wording import signed
from desireline.model.journey_map import LANE_KINDS
from tests.unit.maps.sheets import picture, sheet


def items(**changes):
    shown = grid(sheet(**changes), "en", images=picture)
    return {item.id: item for lane in shown.lanes for item in lane.items()}


def test_every_lane_kind_is_in_the_sample_and_has_words():
    assert {lane.kind for lane in sheet().lanes} == set(LANE_KINDS)
    for language in LANGUAGES:
        for lane in grid(sheet(), language).lanes:
            assert lane.title
            assert lane.hint
            assert lane.empty


def test_library_items_give_cards_their_names():
    found = items()
    assert found["t7"].name == "Payment *with* <card>"
    assert found["t7"].plain == "Payment *with* <card> Three of four cards"
    assert found["t2"].channel == "web"
    renamed = [{**i, "name": "Wyszukiwarka"} if i["id"] == "tp-search" else i for i in sheet().model_dump()["library"]]
    assert items(library=renamed)["t2"].name == "Wyszukiwarka"


def test_measured_and_typed_figures_are_told_apart():
    found = items()
    assert (found["t1"].measured, found["t1"].short, found["t1"].typed) == ("10,120 people", "10,120", False)
    assert (found["m4"].measured, found["m4"].value, found["m4"].typed) == (None, "12.5 zł", True)
    assert found["b1"].question == "Drop-off"
    assert (found["b1"].measured, found["b1"].remarks) == ("18%", ("16–20%", "n 3,942"))
    assert [(r.shown, r.typed) for r in found["t3"].ratings] == [("5", True), ("3", True), ("4", True), ("3.4", False)]


def test_changes_say_whether_they_are_good():
    found = items()
    assert (found["b1"].trend.text, found["b1"].trend.good) == ("+6 pp", False)  # more drop-off is worse
    assert (found["m3"].trend.text, found["m3"].trend.changed) == ("−0.1", False)
    assert found["t5"].trend.good is None


def test_evidence():
    found = items()
    assert {k: found[k].grade for k in ("t1", "b2", "t9", "b3", "a1", "o1")} == {
        "t1": "measured", "b2": "some", "t9": "assumed", "b3": "assumed", "a1": None, "o1": None,
    }  # fmt: skip
    assert found["t9"].needs
    assert items(measured=None)["t1"].grade == "assumed"


def test_hand_overs_that_were_measured_stand_before_those_that_were_written():
    lane = next(lane for lane in grid(sheet(), "en").lanes if lane.kind == "hand_offs")
    assert [[(i.name, i.span) for i in cell] for cell in lane.cells[2:4]] == [
        [("web → sklep", 2), ("web → phone", 2)],
        [("", 1)],
    ]
    assert lane.cells[3][0].remarks == ("phone → web", "asked twice: name and order number")
    assert [i.grade for i in lane.cells[2]] == ["measured", "some"]


def test_spans_end_with_the_map():
    found = items()
    assert (found["a3"].span, found["a6"].span) == (2, 1)


def test_the_curve_has_a_point_for_every_step():
    lane = next(lane for lane in grid(sheet(), "en").lanes if lane.kind == "emotion")
    scores, behaviour = lane.curves
    assert [p.value for p in scores.points] == [0.6, 0.9, 0.4, None, -0.2, -1.1, 1.4]
    assert (scores.peak, scores.lowest, scores.end) == (6, 5, 6)
    assert [p.step for p in behaviour.points if p.value is not None] == [4, 5]
    assert [(i.number, i.value) for i in lane.items()] == [(-1.5, "−1.5"), (1.8, "+1.8")]


def test_the_last_stage_does_not_go_on():
    *others, last = grid(sheet(), "en").stages
    assert all("go on" in stage.measured for stage in others)
    assert last.measured == "3,410 people"
    assert [label for label, _ in last.facts] == ["end here", "still open"]


def test_lanes_are_chosen_by_id_in_the_order_of_the_map():
    assert [lane.id for lane in grid(sheet(), "en", ["l-opp", "l-touch"]).lanes] == ["l-touch", "l-opp"]
    with pytest.raises(BadQuestion):
        grid(sheet(), "en", ["nothing"])


def test_without_figures_the_map_says_so():
    shown = grid(sheet(measured=None), "en")
    assert "Nothing is measured yet: every figure here was typed." in shown.lines
    assert all(stage.measured == "" and stage.flow is None for stage in shown.stages)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Current state, measured · In review · for Gift buyers · owner: Sales · review by 15 Jan 2027"),
        (
            "pl",
            "Stan obecny, zmierzony · Do przeglądu · dla: Gift buyers · właściciel: Sales · przegląd do 15 sty 2027",
        ),
    ],
)
def test_the_subtitle(language, told):
    assert grid(sheet(), language).subtitle == told


def test_signs_of_emotions():
    assert [signed("en", v) for v in (1.25, -0.04, 0.0, -2)] == ["+1.2", "0.0", "0.0", "−2.0"]
