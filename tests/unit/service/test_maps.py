"""Maps through the one door: the server's order, versions, the library, comments, templates, many at once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from desireline.errors import (
    BadName,
    CommandRefused,
    ItemInUse,
    NameTaken,
    StaleCommands,
    UnknownComment,
    UnknownItem,
    UnknownMap,
    UnknownTemplate,
    UnknownVersion,
)
from desireline.model.map_history import Bulk, Comment, NewMap, Sent
from desireline.service.maps import Maps
from desireline.service.workspace import Workspace


@pytest.fixture
def maps(tmp_path: Path) -> Maps:
    ws = Workspace(tmp_path)
    ws.maps.new(NewMap(name="Shop", template="ecommerce"))
    return ws.maps


def note(card: str, text: str = "") -> dict[str, Any]:
    """The command that adds a card at the end of the first cell of actions."""
    return {"do": "card.add", "lane": "actions", "step": "step-1-1", "card": {"id": card, "text": text}}


def texts(maps: Maps, version: int | None = None) -> list[str]:
    lane = next(lane for lane in maps.sheet("shop", version).lanes if lane.id == "actions")
    return [card.text for card in lane.cells["step-1-1"]][1:]


class TestOrder:
    def test_many_at_once_all_count_one_after_the_other(self, tmp_path: Path, maps: Maps) -> None:
        def writer(k: int) -> None:
            mine = Workspace(tmp_path).maps  # as another process would hold it
            for n in range(6):
                mine.apply("shop", [note(f"c{k}-{n}", f"{k}")])

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(writer, range(4)))
        assert sorted(texts(maps)) == sorted(str(k) for k in range(4) for _ in range(6))
        assert [e.version for e in maps.since("shop", 0)] == list(range(1, 26))

    def test_the_same_commands_count_once(self, maps: Maps) -> None:
        sent = Sent(id="sent-once-only", base=1, commands=[note("c1", "one")])
        first = maps.commit("shop", sent)
        assert maps.commit("shop", sent) == first
        assert texts(maps) == ["one"]

    def test_stale_commands_learn_what_happened(self, maps: Maps) -> None:
        maps.apply("shop", [note("c1", "theirs")])
        with pytest.raises(StaleCommands) as caught:
            maps.commit("shop", Sent(id="mine-mine", base=1, commands=[note("c2", "mine")]))
        assert caught.value.details["version"] == 2
        (entry,) = caught.value.details["entries"]  # type: ignore[misc]
        assert entry["commands"] == [note("c1", "theirs")]  # type: ignore[index]
        assert texts(maps) == ["theirs"]

    def test_all_or_none(self, maps: Maps) -> None:
        with pytest.raises(CommandRefused):
            maps.apply("shop", [note("c1"), {"do": "card.remove", "id": "nobody"}])
        assert (texts(maps), maps.sheet("shop").version) == ([], 1)

    def test_author_and_time_are_the_servers(self, tmp_path: Path, maps: Maps) -> None:
        before = dt.datetime.now(dt.UTC)
        entry = Maps(Workspace(tmp_path), author="Analyst").apply("shop", [note("c1")])
        assert entry.author == "Analyst"
        assert before <= entry.at <= dt.datetime.now(dt.UTC)
        assert (maps.all()[0].author, maps.all()[0].version) == ("Analyst", 2)

    def test_another_process_sees_that_something_changed(self, tmp_path: Path, maps: Maps) -> None:
        other = Workspace(tmp_path).maps
        before = other.pulse("shop")
        maps.apply("shop", [note("c1")])
        maps.comment("shop", Comment(id="k1", text="Why?"))
        maps.change_item(maps.library()[0].id, {"name": "Renamed"})
        after = other.pulse("shop")
        assert all(after[name] > before[name] for name in ("version", "comments", "library"))


class TestNames:
    def test_ids_are_readable_and_differ(self, maps: Maps) -> None:
        assert maps.new(NewMap(name="Łódź: zakup")).id == "lodz-zakup"
        assert maps.new(NewMap(name="Łódź, zakup")).id == "lodz-zakup-2"
        assert maps.new(NewMap(name="购买")).id == "map"

    @pytest.mark.parametrize("name", [" ", "a\nb", "\u202e"])
    def test_what_is_no_name(self, maps: Maps, name: str) -> None:
        with pytest.raises(BadName):
            maps.new(NewMap(name=name))

    def test_taken_names(self, maps: Maps) -> None:
        with pytest.raises(NameTaken):
            maps.new(NewMap(name="Shop"))
        maps.new(NewMap(name="Other"))
        with pytest.raises(NameTaken):
            maps.apply("other", [{"do": "map.set", "set": {"name": "Shop"}}])

    def test_found_by_id_or_name(self, maps: Maps) -> None:
        maps.apply("shop", [{"do": "map.set", "set": {"name": "Store"}}])
        assert maps.sheet("Store").id == maps.sheet("shop").id == "shop"
        with pytest.raises(UnknownMap, match="'Store'"):
            maps.sheet("Shop")


class TestVersions:
    def test_every_version_can_be_seen_again(self, maps: Maps) -> None:
        for n in range(5):
            maps.apply("shop", [note(f"c{n}", str(n))])
        maps.apply("shop", [{"do": "card.remove", "id": "c0"}])
        assert [texts(maps, v) for v in range(1, 8)] == [
            [], ["0"], ["0", "1"], ["0", "1", "2"], ["0", "1", "2", "3"], ["0", "1", "2", "3", "4"],
            ["1", "2", "3", "4"],
        ]  # fmt: skip
        for version in (0, 8):
            with pytest.raises(UnknownVersion):
                maps.sheet("shop", version)

    def test_restoring_keeps_what_was_before_and_can_be_undone(self, maps: Maps) -> None:
        maps.apply("shop", [note("c1", "one")])
        maps.apply("shop", [note("c2", "two"), {"do": "map.set", "set": {"name": "Renamed"}}])
        entry = maps.restore("shop", 2)
        assert texts(maps) == ["one"]
        assert maps.sheet("shop").name == "Renamed"
        (safety,) = maps.versions("shop")
        assert (safety.safety, texts(maps, safety.version)) == (True, ["one", "two"])
        maps.apply("shop", entry.inverse)
        assert texts(maps) == ["one", "two"]

    def test_a_label_is_a_version_of_its_own(self, maps: Maps) -> None:
        kept = [maps.snapshot("shop", label, measured=False) for label in ("Board meeting", "Workshop")]
        assert maps.versions("shop") == kept[::-1]
        assert [k.version for k in kept] == [2, 3]


class TestLibrary:
    def test_one_rename_reaches_every_map(self, maps: Maps) -> None:
        maps.new(NewMap(name="Second", template="ecommerce"))
        item = next(i for i in maps.library() if i.kind == "touchpoint")
        assert item.maps == ["second", "shop"]
        maps.change_item(item.id, {"name": "Renamed everywhere"})
        for which in ("shop", "second"):
            assert "Renamed everywhere" in [i.name for i in maps.sheet(which).library]

    def test_names_are_unique_in_their_kind(self, maps: Maps) -> None:
        maps.add_item("system", "CRM")
        maps.add_item("department", "CRM")
        with pytest.raises(NameTaken):
            maps.add_item("system", "CRM")

    def test_what_is_used_stays(self, maps: Maps) -> None:
        channel = next(i for i in maps.library() if i.kind == "channel")
        with pytest.raises(ItemInUse):
            maps.remove_item(channel.id)
        free = maps.add_item("system", "Till")
        maps.remove_item(free.id)
        with pytest.raises(UnknownItem):
            maps.change_item(free.id, {"name": "Gone"})

    def test_a_card_refers_to_what_there_is(self, maps: Maps) -> None:
        card = {"id": "c1", "ref": "touchpoint-nowhere"}
        with pytest.raises(UnknownItem):
            maps.apply("shop", [{"do": "card.add", "lane": "touchpoints", "step": "step-1-1", "card": card}])


class TestComments:
    def test_threads(self, maps: Maps) -> None:
        maps.comment("shop", Comment(id="k1", on="step-1-1", text="Is this so?"))
        maps.comment("shop", Comment(id="k2", reply_to="k1", text="Yes"))
        answer = maps.comment("shop", Comment(id="k3", reply_to="k2", text="No"))
        assert (answer.reply_to, answer.on) == ("k1", "step-1-1")
        assert maps.all()[0].open_comments == 1
        maps.change_comment("shop", "k2", resolved=True)
        assert [c.resolved for c in maps.comments("shop")] == [True, False, False]
        assert maps.all()[0].open_comments == 0
        maps.comment("shop", Comment(id="k4", reply_to="k1", text="Once more"))
        assert maps.all()[0].open_comments == 1
        maps.remove_comment("shop", "k1")
        assert maps.comments("shop") == []
        with pytest.raises(UnknownComment):
            maps.comment("shop", Comment(id="k5", reply_to="k1", text="Too late"))

    def test_the_author_is_not_the_clients_to_say(self, maps: Maps) -> None:
        assert maps.comment("shop", Comment(id="k1", text="x", author="Somebody else")).author == "local"


class TestMany:
    def test_one_change_to_many(self, maps: Maps) -> None:
        maps.new(NewMap(name="Second"))
        maps.change(Bulk(maps=["shop", "second"], owner="CX", add_tags=["2027"]))
        assert [(m.owner, m.tags[-1]) for m in maps.all()] == [("CX", "2027")] * 2
        maps.change(Bulk(maps=["shop"], owner=None))
        assert [m.owner for m in maps.all()] == ["CX", None]
        with pytest.raises(UnknownMap):
            maps.change(Bulk(maps=["shop", "gone"], delete=True))
        maps.change(Bulk(maps=["shop"], delete=True))
        assert [m.id for m in maps.all()] == ["second"]

    def test_own_templates_keep_the_shape_and_forget_decisions(self, maps: Maps) -> None:
        steps = {"do": "card.add", "lane": "emotion", "step": "step-1-1", "card": {"id": "e1", "value": 1.5}}
        maps.apply("shop", [steps, {"do": "map.set", "set": {"owner": "CX", "review": "2027-01-31"}}])
        own = maps.save_template("shop")
        assert maps.templates()[0] == own
        made = maps.new(NewMap(name="Again", template=own.id))
        assert (made.owner, made.review, made.template) == (None, None, own.id)
        assert [s.name for s in made.stages] == [s.name for s in maps.sheet("shop").stages]
        assert [c.value for c in made.cards() if c.id == "e1"] == [None]
        assert {i.id for i in made.library} == {i.id for i in maps.sheet("shop").library}
        maps.remove_template(own.id)
        with pytest.raises(UnknownTemplate):
            maps.new(NewMap(name="Third", template=own.id))
