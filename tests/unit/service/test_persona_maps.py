"""Maps about the people of a persona card: one name, one count."""

import pytest

from desireline.errors import ItemInUse, UnknownItem, UnknownPersona
from desireline.service.workspace import Workspace
from tests.planted import cards as planted

CALLERS = {"where": 'channel = "phone"'}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """120 fictitious people; tests clean up what they make."""
    return planted.workspace(tmp_path_factory.mktemp("shop"), planted.rows(callers=60, browsers=60))


@pytest.fixture
def cards(shop: Workspace):
    yield shop.persona_cards
    for info in shop.maps.all():
        shop.maps.remove(info.id)
    for card in shop.persona_cards.all():
        shop.persona_cards.remove(card.id)
    for segment in shop.segments():
        shop.delete_segment(segment.name)


class TestMaps:
    @pytest.fixture
    def sheet(self, shop, cards):  # noqa: ARG002 which takes maps away again
        return shop.maps.draw("Fictitious shop")

    def scoped(self, shop, sheet, **scope):
        shop.maps.apply(sheet.id, [{"do": "map.set", "set": {"scope": {"persona": None, "segment": None, **scope}}}])

    def test_a_map_about_a_persona_counts_its_people(self, shop, cards, sheet):
        card = cards.create({"name": "Callers", "segment": CALLERS})
        self.scoped(shop, sheet, persona=card.id)
        assert shop.maps.measured(sheet.id).people_in_scope == cards.measure(card.id).people
        shop.save_segment({"name": "Polish", "where": 'property.language = "pl"'})
        self.scoped(shop, sheet, persona=card.id, segment="Polish")
        both = shop.check_segment({"where": 'channel = "phone" and property.language = "pl"'}).people
        assert shop.maps.measured(sheet.id).people_in_scope == both
        ((curve,)) = {c.segment for c in shop.maps.measured(sheet.id, curves=[card.segment]).emotion if c.segment} or {
            None
        }
        assert curve in (card.segment, None)

    def test_one_rename_reaches_the_map_from_either_side(self, shop, cards, sheet):
        card = cards.create({"name": "Callers", "segment": CALLERS})
        self.scoped(shop, sheet, persona=card.id)
        cards.change(card.id, {"revision": 1, "name": "Phoners"})
        assert [item.name for item in shop.maps.sheet(sheet.id).library if item.kind == "persona"] == ["Phoners"]
        shop.maps.change_item(card.id, {"name": "Ringers"})
        assert (cards.get(card.id).name, cards.all()[0].maps) == ("Ringers", [sheet.id])
        with pytest.raises(ItemInUse):
            cards.remove(card.id)

    def test_a_map_is_not_about_a_persona_that_is_not_there(self, shop, sheet):
        with pytest.raises(UnknownItem):
            self.scoped(shop, sheet, persona="persona-nowhere")

    def test_a_persona_of_a_file_becomes_a_blank_card(self, shop, cards, sheet):
        card = cards.create({"name": "Callers", "segment": CALLERS})
        self.scoped(shop, sheet, persona=card.id)
        file = shop.maps.export(sheet.id, "json")
        shop.maps.remove(sheet.id)
        cards.remove(card.id)
        again = shop.maps.import_file("map.json", file).map
        (made,) = cards.all()
        assert (again.scope.persona, made.name, made.kind, made.revision) == (made.id, "Callers", "assumed", 0)
        assert shop.maps.shown(again.id).measured is None, "nobody is in it, and everyone is not it"
        assert cards.change(made.id, {"revision": 0, "segment": CALLERS}).revision == 1

    def test_a_deleted_item_takes_its_card_with_it(self, shop, cards):
        card = cards.create({"name": "Callers", "segment": CALLERS})
        shop.maps.remove_item(card.id)
        with pytest.raises(UnknownPersona):
            cards.get(card.id)
        assert shop.maps.add_item("persona", "New", id=card.id).id == card.id
        assert cards.get(card.id).members is None
