"""The shipped templates: all that are promised, whole in each language, and one library for all of them."""

from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from desireline.i18n import LANGUAGES, catalogue
from desireline.maps import templates
from desireline.maps.templates import Template
from desireline.model.journey_map import LIBRARY_OF, MapFile

PROMISED = {
    "ecommerce", "in-store-visit", "buying-a-car", "click-and-collect", "bank-account", "loan-application",
    "saas-trial", "b2b-lead", "lodging", "coffee-loyalty", "marketplace", "telecom-support-call", "public-permit",
    "patient-visit", "returns-complaint", "newsletter-purchase",
}  # fmt: skip
LOAN_WORDS = {"NPS", "CRM", "B2B", "Newsletter", "Kiosk"}
"""What is written the same in all three languages."""

FOLDER = Path(templates.__file__).parent
BARE = """
name: A | B | C
description: A | B | C
life_cycle: purchase
start: A | B | C
end: A | B | C
stages:
  - {name: A | B | C, steps: [{name: A | B | C}]}
  - {name: D | E | F, steps: [{name: D | E | F}]}
"""

every_template = pytest.mark.parametrize("name", sorted(PROMISED))


def texts(told: object) -> list[list[str]]:
    """All texts of a template, each in three languages."""
    if isinstance(told, dict):
        return [found for value in told.values() for found in texts(value)]
    if isinstance(told, list) and len(told) == len(LANGUAGES) and all(isinstance(part, str) for part in told):
        return [told]
    return [found for part in told for found in texts(part)] if isinstance(told, list) else []


def shape(made: MapFile) -> tuple[object, ...]:
    """All of a map but its words: what two languages of it have in common."""
    stages = [(stage.id, [(step.id, step.optional) for step in stage.steps]) for stage in made.stages]
    cells = [
        (lane.kind, step, [(card.id, card.ref, card.star, card.hand_off is None) for card in cards])
        for lane in made.lanes
        for step, cards in lane.cells.items()
    ]
    return stages, cells, [(item.id, item.kind, item.channel) for item in made.library]


def test_all_that_are_promised_are_there():
    assert set(templates.names()) == PROMISED


@every_template
class TestEach:
    def test_it_makes_the_same_map_in_every_language(self, name):
        made = [templates.make(name, language, "Ours") for language in LANGUAGES]
        assert [(m.name, m.template, m.languages) for m in made] == [("Ours", name, [at]) for at in LANGUAGES]
        assert shape(made[0]) == shape(made[1]) == shape(made[2])

    def test_no_text_is_left_untranslated(self, name):
        told = texts(templates.template(name).model_dump())
        assert 2 * len(told) == FOLDER.joinpath(f"{name}.yaml").read_text("utf-8").count("|"), "a text was not found"
        same = {said[0] for said in told if len(set(said)) == 1}
        assert same <= LOAN_WORDS

    def test_every_step_says_what_happens_where_and_how_it_is_asked_and_measured(self, name):
        steps = [step for stage in templates.template(name).stages for step in stage.steps]
        lacking = [
            (step.name[0], lane)
            for step in steps
            for lane in ("actions", "touchpoints", "questions", "metrics")
            if not getattr(step, lane)
        ]
        assert lacking == []
        assert 6 <= len(steps) <= 9
        assert 1 <= sum(step.moment_of_truth for step in steps) <= 2

    def test_questions_to_customers_are_polite(self, name):
        """A Polish question may do without a pronoun; none uses `ty`, and a Croatian Vi has its capital."""
        steps = [step for stage in templates.template(name).stages for step in stage.steps]
        asked = [question for step in steps for question in step.questions]
        assert all(said.endswith("?") for question in asked for said in question)
        familiar = {"ty", "ci", "cię", "ciebie", "twój", "twoja", "twoje", "tobie", "ti", "tebe", "tvoj", "vi", "vas"}
        words = [set(said.rstrip("?").replace(",", "").split()) for question in asked for said in question[1:]]
        assert [
            found for found in words if found & (familiar | {"vam", "vama", "vaš", "vaša", "vaše", "państwo"})
        ] == []

    def test_cards_refer_to_library_items_of_the_right_kind_each_there_once(self, name):
        for language in LANGUAGES:
            made = templates.make(name, language, "Ours")
            items = {item.id: item for item in made.library}
            named = [(item.kind, item.name) for item in made.library]
            assert len(items) == len(named) == len(set(named))
            referred = [
                (items[card.ref].kind, LIBRARY_OF.get(lane.kind))
                for lane in made.lanes
                for cards in lane.cells.values()
                for card in cards
                if card.ref
            ]
            assert referred
            assert all(kind == wanted for kind, wanted in referred)
            places = {item.channel for item in made.library if item.kind == "touchpoint"}
            assert {items[channel].kind for channel in places} == {"channel"}

    def test_lanes_have_names_in_every_language(self, name):
        kinds = {lane.kind for lane in templates.make(name, "en", "Ours").lanes}
        assert "emotion" in kinds
        assert all(f"map.lane.{kind}" in catalogue(language) for kind in kinds for language in LANGUAGES)


def test_touchpoints_of_one_name_are_one_thing_in_all_templates():
    """Maps share a library by name: the same name with another channel would be lost in the second map."""
    for at, language in enumerate(LANGUAGES):
        found = defaultdict(set)
        for name in templates.names():
            for stage in templates.template(name).stages:
                for point in (point for step in stage.steps for point in step.touchpoints):
                    found[point.name[at]].add((point.channel, *point.name))
        assert {said: things for said, things in found.items() if len(things) > 1} == {}, language


def test_lodging_is_a_storyboard_of_guest_and_host():
    steps = [step for stage in templates.template("lodging").stages for step in stage.steps]
    assert [step.name[0] for step in steps if not (step.images and step.actions and step.backstage)] == []


def test_a_map_says_what_its_file_says():
    made = templates.make("in-store-visit", "hr", "Naša prodavaonica")
    items = {item.id: item for item in made.library}
    cards = {lane.kind: lane.cells.get("step-4-1") for lane in made.lanes}
    till = [items[card.ref] for card in cards["touchpoints"]]
    assert [item.name for item in till] == ["Red na blagajni", "Račun s blagajne", "Kartica vjernosti"]
    assert {items[item.channel].name for item in till} == {"Trgovina"}
    assert [card.text for card in cards["pain_points"]] == ["Red traje dulje nego odabir"]
    assert [lane.kind for lane in made.lanes][:4] == ["actions", "touchpoints", "thoughts", "emotion"]
    stars = [step for lane in made.lanes if lane.kind == "emotion" for step in lane.cells]
    assert stars == ["step-3-1"]


def test_the_list_says_how_large_a_template_is():
    told = templates.info("in-store-visit", "pl")
    assert (told.id, told.name, told.own, told.steps) == ("in-store-visit", "Wizyta w sklepie stacjonarnym", False, 8)
    assert told.stages == ["Przyjście", "Rozglądanie się", "Wybór", "Zakup", "Po wizycie"]


@pytest.mark.parametrize("broken", ["A | B", "A | B | C | D", "A |  | C", "A"])
def test_a_text_that_lacks_a_language_or_has_too_many_is_refused(broken):
    whole = yaml.safe_load(BARE)
    assert Template.model_validate(whole).stages[1].steps[0].name == ["D", "E", "F"]
    whole["stages"][1]["steps"][0]["actions"] = [broken]
    with pytest.raises(ValidationError) as refused:
        Template.model_validate(whole)
    assert refused.value.errors()[0]["loc"][:6] == ("stages", 1, "steps", 0, "actions", 0)


@pytest.mark.parametrize(
    "touchpoint", [{"name": "A | B | C", "channel": "carrier pigeon"}, {"name": "A | B", "channel": "web"}]
)
def test_a_touchpoint_without_a_known_channel_or_a_language_is_refused(touchpoint):
    whole = yaml.safe_load(BARE)
    whole["stages"][0]["steps"][0]["touchpoints"] = [touchpoint]
    with pytest.raises(ValidationError, match="touchpoints"):
        Template.model_validate(whole)
