"""Obstacles over the simulated shop: one list of three kinds of evidence, a page for each, and what grows out of it."""

import re
from typing import Any, Final

from playwright.sync_api import Page, expect

from tests.browser import probes
from tests.browser.conftest import Open
from tests.browser.editing import call, made
from tests.browser.test_languages import sentences
from tests.browser.test_numbers import whole
from tests.browser.test_questions import ask
from tests.browser.watch import settled
from tests.servers import Server

GOAL: Final = "Order"


def found(page: Page) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """What the three questions find."""
    hazards = ask(page, "friction", goal=GOAL)["findings"]
    return (
        ask(page, "obstacles", goal=GOAL)["obstacles"],
        [one for one in hazards if one["flagged"] and not one["help_seeking"]],
        ask(page, "troubles")["troubles"],
    )


def test_the_list_joins_all_evidence_and_leads_to_each_by_keys(simulated: Server, visit: Open) -> None:
    page = visit(simulated, "/sources")
    detected, hazards, troubles = found(page)
    page.goto("/obstacles")
    settled(page)
    rows = page.locator("main ol > li")
    page.get_by_role("button", name=re.compile("^Show all")).click()
    expect(rows).to_have_count(len(detected) + len(hazards) + len(troubles))
    shown = sorted(whole(text) for text in rows.locator(".people .figure").all_inner_texts())
    others = [one["people"] for one in hazards] + [one["hit"] for one in troubles]
    assert shown == sorted([one["people"] for one in detected] + others)

    page.evaluate("() => scrollTo(0, 0)")
    page.get_by_role("button", name=re.compile("^Kind")).press("Enter")
    kind = max(detected, key=lambda one: one["above"])["kind"]
    page.get_by_role("checkbox", name=str(sentences("en")[f"obstacles.kind.{kind}"][0])).check()
    page.keyboard.press("Escape")
    same = [one for one in detected if one["kind"] == kind]
    expect(rows).to_have_count(len(same))
    first = max(same, key=lambda one: one["above"])
    link = rows.first.get_by_role("link")
    expect(link).to_contain_text(first["touchpoint"])
    link.focus()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text(first["touchpoint"])
    expect(page).to_have_url(re.compile(rf"/obstacles/{kind}%3A.*\?kind={kind}"))
    expect(page.locator("main")).to_contain_text(first["sentence"])
    expect(page.locator("main dl").nth(1)).to_contain_text(f"{first['people']:,} of {first['of']:,}")
    page.locator("main .figure").first.click()
    expect(page.get_by_role("dialog")).to_contain_text(f"{first['people']:,} people")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="All obstacles").click()
    expect(rows).to_have_count(len(same))


def test_an_obstacle_becomes_a_card_and_an_opportunity(simulated: Server, visit: Open) -> None:
    page = visit(simulated, "/obstacles")
    map_id = made(page, "Pains", {"Buy": ["Pay"]}, {})
    first = page.locator("main ol > li").first.get_by_role("link")
    short = first.inner_text()
    first.click()
    settled(page)
    assert probes.sideways(page) == 0
    page.get_by_role("button", name="Add to a map").click()
    dialog = page.get_by_role("dialog", name="Add to a map")
    dialog.get_by_label("Map").select_option(label="Pains")
    expect(dialog).to_contain_text("its first stage, Buy")
    dialog.get_by_role("button", name="Add the card").click()
    added = page.get_by_role("link", name="It is on the map Pains")
    expect(added).to_be_visible()
    lane = next(one for one in call(page, "GET", f"/maps/{map_id}")["lanes"] if one["kind"] == "pain_points")
    [card] = [one for cards in lane["cells"].values() for one in cards]
    assert card["text"] == short
    assert card["url"].startswith(page.url.split("?")[0])

    page.get_by_role("button", name="Make it an opportunity").click()
    expect(page).to_have_url(re.compile("/opportunities/[a-z0-9-]+$"), timeout=30_000)
    opportunity = call(page, "GET", f"/opportunities/{page.url.rsplit('/', 1)[1]}")
    assert (opportunity["kind"], opportunity["title"]) == ("obstacle", short)
    settled(page)
    page.goto(f"/map/{map_id}?focus={card['id']}")
    expect(page.locator(f'[data-id="{card["id"]}"]')).to_be_in_viewport()
    call(page, "DELETE", f"/opportunities/{opportunity['id']}")
    page.goto("/maps")
    call(page, "DELETE", f"/maps/{map_id}")
