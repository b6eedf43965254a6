"""A map is built and changed on its grid: by keys alone, by hand, back and forth, in two tabs, without a connection."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import probes
from tests.browser.conftest import Open
from tests.browser.editing import call, cell, do, focused, kept, made, pulled, said, stages, thing
from tests.browser.watch import Watch, settled
from tests.servers import Server, serving

STAGES: Final = {"Before": ["Look", "Ask"], "Buy": ["Pay"], "After": ["Get", "Use"]}
LANES: Final = {"actions": {"Look": ["one", "two"], "Pay": ["three"]}, "pain_points": {"Ask": ["slow"]}, "text": {}}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """A server of these tests' own, in which they may write; it holds no events."""
    with serving(tmp_path_factory.mktemp("desk") / "workspace") as server:
        yield server


@pytest.fixture
def quiet(watch: Watch) -> None:
    """No events, so no figures: the browser says that the server refused them."""
    watch.allow("409|404")


def opened(page: Page, name: str) -> str:
    """A small map, on the screen."""
    map_id = made(page, name, STAGES, LANES)
    page.goto(f"/map/{map_id}")
    settled(page)
    expect(thing(page, "one")).to_be_visible()
    return map_id


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def begun(page: Page, name: str) -> None:
    """A map of the template for shops, and the focus on its first stage."""
    press(page, "n")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=re.compile("E-commerce purchase")).focus()
    press(page, "Space", "Tab")
    expect(dialog.get_by_label("Name of the map")).to_be_focused()
    press(page, "Control+a")
    page.keyboard.type(name)
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    settled(page)
    while not focused(page):
        press(page, "Tab")
    expect(page.locator(":focus")).to_have_attribute("role", "columnheader")


def named(page: Page, name: str) -> None:
    """Gives what has the focus another name."""
    press(page, "Enter", "Control+a")
    page.keyboard.type(name)
    press(page, "Enter")


def carried(page: Page) -> None:
    """The card in focus goes one place up: first put back, then put down."""
    press(page, "Space", "ArrowUp")
    expect(said(page)).to_have_text("Over step Compare offers, lane Actions, position 1 of 2")
    press(page, "Escape")
    expect(said(page)).to_contain_text("put back")
    press(page, "Space", "ArrowUp", "Space")
    expect(said(page)).to_have_text("Moved to step Compare offers, lane Actions, position 1 of 2")


def test_a_map_is_built_from_a_template_by_keys_alone(desk: Server, visit: Open, quiet: None) -> None:
    page = visit(desk, "/maps")
    begun(page, "By keys")
    named(page, "Discovery")
    press(page, "n")
    page.keyboard.type("Second thoughts")
    press(page, "Enter", "Alt+ArrowRight")
    expect(said(page)).to_contain_text("Second thoughts: position 3 of 6")
    press(page, "ArrowDown")
    named(page, "Sleep on it")
    press(page, "ArrowDown", "n")
    page.keyboard.type("I *think* again")
    press(page, "Control+Enter")
    expect(page.locator(":focus em")).to_have_text("think")
    press(page, "Control+d", "Alt+ArrowLeft")
    expect(said(page)).to_have_text("Moved to step Compare offers, lane Actions, position 2 of 2")
    carried(page)
    press(page, "Home", "ArrowLeft", "n")
    page.get_by_role("menu").wait_for()
    page.keyboard.type("Backst")
    press(page, "Enter")
    expect(said(page)).to_contain_text("Lane Backstage process added")
    press(page, "Alt+ArrowUp")

    found = kept(page, "by-keys")
    assert stages(found)[:2] == [["Discovery", "Search for information"], ["Consideration", "Compare offers"]]
    assert stages(found)[2] == ["Second thoughts", "Sleep on it"]
    assert [lane["kind"] for lane in found["lanes"]][:2] == ["backstage", "actions"]
    assert cell(found, "actions", "Compare offers")[0] == "I *think* again"
    assert cell(found, "actions", "Sleep on it") == ["I *think* again"]


def test_the_same_is_done_by_hand(desk: Server, visit: Open, quiet: None) -> None:
    page = visit(desk, "/maps")
    map_id = opened(page, "By hand")
    pulled(page, thing(page, "one"), thing(page, "text:Pay"))
    expect(said(page)).to_have_text("Moved to step Pay, lane Text, position 1 of 1")
    pulled(page, thing(page, "two"), thing(page, "three"), at=(0.5, 0.1))
    expect(said(page)).to_have_text("Moved to step Pay, lane Actions, position 1 of 2")
    pulled(page, thing(page, "Use"), thing(page, "Pay"), at=(0.1, 0.5))
    expect(said(page)).to_have_text("Use: position 1 of 2")
    pulled(page, thing(page, "text").locator(".name"), thing(page, "actions"), at=(0.5, 0.1))
    expect(said(page)).to_have_text("Text: position 1 of 3")
    pulled(page, thing(page, "Before").locator("[data-grip=edge]"), thing(page, "Ask"), at=(0.02, 0.5))
    expect(page.locator("[data-sheet] .stage")).to_have_count(4)
    pulled(page, thing(page, "slow").locator("[data-grip=span]"), thing(page, "Use"), at=(0.8, 0.5))
    expect(said(page)).to_have_text("Covers 2 steps")
    thing(page, "text:Get").dblclick()
    page.keyboard.type("parcel")
    press(page, "Control+Enter")

    found = kept(page, map_id)
    assert stages(found) == [["Before", "Look"], ["Ask", "Ask"], ["Buy", "Use", "Pay"], ["After", "Get"]]
    assert [lane["kind"] for lane in found["lanes"]] == ["text", "actions", "pain_points"]
    assert [cell(found, "text", step) for step in ("Pay", "Get")] == [["one"], ["parcel"]]
    assert cell(found, "actions", "Pay") == ["two", "three"]
    assert found["lanes"][2]["cells"]["Ask"][0]["span"] == 2


def test_several_cards_are_chosen_moved_copied_and_deleted(desk: Server, visit: Open, quiet: None) -> None:
    page = visit(desk, "/maps", permissions=["clipboard-read", "clipboard-write"])
    map_id = opened(page, "Several")
    thing(page, "one").click()
    thing(page, "slow").click(modifiers=["Control"])
    pulled(page, thing(page, "one"), thing(page, "actions:Pay"), at=(0.5, 0.95))
    found = kept(page, map_id)
    assert [cell(found, "actions", "Pay"), cell(found, "pain_points", "Get")] == [["three", "one"], ["slow"]]

    box, corner = thing(page, "actions:Use").bounding_box(), thing(page, "actions:Pay").bounding_box()
    assert box is not None
    assert corner is not None
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] - 6)
    page.mouse.down()
    page.mouse.move(corner["x"] + 20, corner["y"] + 12, steps=4)
    page.mouse.up()
    expect(said(page)).to_have_text("2 selected")
    thing(page, "three").focus()
    press(page, "Control+c", "ArrowLeft", "Control+v")
    expect(said(page)).to_have_text("2 cards pasted")
    page.evaluate("navigator.clipboard.writeText('a\\tb\\nc\\td')")
    thing(page, "text:Look").focus()
    press(page, "Control+v")
    expect(said(page)).to_have_text("4 cards pasted")
    found = kept(page, map_id)
    assert cell(found, "actions", "Ask") == ["three", "one"]
    assert [cell(found, "text", "Look"), cell(found, "text", "Ask")] == [["a"], ["b"]]
    press(page, "Control+a", "Delete")
    assert all(lane["cells"] == {} for lane in kept(page, map_id)["lanes"])


def test_fifty_changes_are_taken_back_also_after_a_reload(desk: Server, visit: Open, quiet: None) -> None:
    page = visit(desk, "/maps")
    map_id = opened(page, "Fifty")
    before = kept(page, map_id)
    thing(page, "one").focus()
    for _ in range(10):
        press(page, "Alt+ArrowRight", "Alt+ArrowDown", "Control+d", "Alt+ArrowUp", "Alt+ArrowLeft")
    after = kept(page, map_id)
    assert after["version"] == before["version"] + 50
    for _ in range(25):
        press(page, "Control+z")
    kept(page, map_id)
    page.reload()
    settled(page)
    for _ in range(25):
        press(page, "Control+z")
    assert {**kept(page, map_id), "version": 0} == {**before, "version": 0}
    for _ in range(5):
        press(page, "Control+y")
    again = kept(page, map_id)
    assert again["lanes"] != before["lanes"]
    assert again["version"] == after["version"] + 55


def test_a_second_tab_follows(desk: Server, visit: Open, quiet: None) -> None:
    page = visit(desk, "/maps")
    map_id = opened(page, "Two tabs")
    other = visit(desk, f"/map/{map_id}")
    thing(other, "two").focus()
    press(other, "Enter")
    other.keyboard.type(" from the other side")
    press(other, "Control+Enter")
    expect(thing(page, "two")).to_contain_text("two from the other side", timeout=1000)
    thing(page, "one").focus()
    do(page, map_id, {"do": "card.remove", "id": "one"})
    expect(thing(page, "one")).to_have_count(0)
    expect(thing(page, "two")).to_be_focused()


def test_a_lost_connection_keeps_what_is_done(desk: Server, visit: Open, watch: Watch, quiet: None) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED|Failed to load|409")
    page = visit(desk, "/maps")
    map_id = opened(page, "Offline")
    page.context.set_offline(True)
    thing(page, "one").focus()
    press(page, "Enter")
    page.keyboard.type(" mine")
    press(page, "Control+Enter", "ArrowDown", "Alt+ArrowRight")
    state = page.locator(".toolbar [role=status]")
    expect(state).to_have_class(re.compile("offline"))
    other = visit(desk, "/maps")
    theirs = {"one": "theirs", "three": "3"}
    do(other, map_id, *({"do": "card.set", "id": card, "set": {"text": text}} for card, text in theirs.items()))
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("button", name="Decide").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("one mine")
    expect(dialog).to_contain_text("theirs")
    dialog.get_by_role("button", name="Keep mine").click()
    found = kept(page, map_id)
    assert cell(found, "actions", "Look") == ["one mine"]
    assert cell(found, "actions", "Ask") == ["two"]
    assert cell(found, "actions", "Pay") == ["3"]


def test_on_a_phone_one_stage_is_shown_and_edited_by_taps(desk: Server, visit: Open, quiet: None) -> None:
    page = visit(desk, "/maps", width=390, height=844, has_touch=True)
    map_id = made(page, "Pocket", STAGES, LANES)
    page.goto(f"/map/{map_id}")
    settled(page)
    card = page.locator('[data-id="one"]')
    expect(page.locator('[data-id="three"]')).to_have_count(0)
    card.tap()
    card.tap()
    page.keyboard.type(" by tap")
    page.get_by_role("button", name="Add a card: Ask, Actions").tap()
    page.keyboard.type("new")
    page.get_by_role("button", name="Stage after").tap()
    expect(page.locator('[data-id="three"]')).to_be_visible()
    found = kept(page, map_id)
    assert [cell(found, "actions", "Look"), cell(found, "actions", "Ask")] == [["one by tap", "two"], ["new"]]
    assert probes.sideways(page) == 0


def test_the_grid_is_one_stop_and_no_barrier(desk: Server, visit: Open, quiet: None) -> None:
    page = visit(desk, "/maps")
    opened(page, "Plain")
    grid = page.get_by_role("grid")
    assert grid.locator("[tabindex='0']").count() == 1
    assert probes.axe(page) == []
    thing(page, "one").focus()
    press(page, "Shift+F10")
    page.get_by_role("menu").wait_for()
    assert probes.axe(page) == []
    press(page, "Escape")
    expect(thing(page, "one")).to_be_focused()
    press(page, "Enter")
    assert probes.axe(page) == []
    press(page, "Escape")
    expect(thing(page, "one")).to_be_focused()
    assert call(page, "GET", "/maps/plain")["version"] == 2
