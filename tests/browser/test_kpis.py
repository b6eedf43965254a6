"""KPIs: a dashboard arranged by keys, its numbers those of the API; one written down by hand and read."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.watch import Watch
from tests.servers import Server, serving
from tests.waiting import until

NPS = {"promoters": 1436, "passives": 968, "detractors": 342}
KPIS: tuple[dict[str, Any], ...] = (
    {"name": "Would recommend", "kind": "nps", "readings": {"2026-03-02": NPS}, "target": {"value": 30}},
    {
        "name": "Settled at once",
        "kind": "share",
        "readings": {
            "2026-02-23": {"numerator": 50, "denominator": 200},
            "2026-03-02": {"numerator": 90, "denominator": 200},
        },
    },
    {"name": "Not asked yet", "kind": "share", "readings": {}},
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """A server of these tests' own."""
    with serving(tmp_path_factory.mktemp("kpis") / "workspace") as server:
        yield server


@pytest.fixture
def ids(running: Server) -> dict[str, str]:
    """The KPIs by name, made by the API; there are no others, and no dashboard."""
    for noun in ("dashboards", "kpis"):
        for one in call(running, "GET", f"/{noun}"):
            call(running, "DELETE", f"/{noun}/{one['id']}")
    made = {}
    for kpi in KPIS:
        readings = [{"day": day, "counts": counts} for day, counts in kpi["readings"].items()]
        source = {"origin": "typed", "readings": readings}
        said_of = {name: value for name, value in kpi.items() if name != "readings"}
        made[kpi["name"]] = call(running, "POST", "/kpis", {**said_of, "source": source})["id"]
    return made


def call(server: Server, method: str, path: str, body: Any = None) -> Any:
    """What the server answers."""
    answer = httpx.request(method, f"{server.address}/api{path}", json=body, timeout=60)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def said(page: Page, text: str) -> None:
    """Waits for an announcement."""
    expect(page.locator('[role="status"].visually-hidden').first).to_contain_text(text)


def test_tiles_say_what_the_api_says_and_are_arranged_by_keys(
    running: Server, ids: dict[str, str], visit: Open
) -> None:
    week = {"since": "2026-03-02", "until": "2026-03-08"}
    page = visit(running, f"/kpis?since={week['since']}&until={week['until']}")
    nps, share, _ = call(running, "POST", "/kpis/measure", {**week, "by": "week"})
    tile = page.get_by_role("article", name="Would recommend")
    expect(tile).to_contain_text(f"{nps['figure']['value']:.0f}, Would recommend")
    expect(tile).to_contain_text(f"n {nps['figure']['n']:,}")
    expect(tile).to_contain_text(f"95%: {nps['figure']['low']:.1f} to {nps['figure']['high']:.1f}")
    expect(tile).to_contain_text("target 30: reached")
    assert (share["comparisons"][0]["changed"], share["comparisons"][0]["better"]) == (True, True)
    expect(page.get_by_role("article", name="Settled at once")).to_contain_text("+20 pp better than before")
    expect(page.get_by_role("article", name="Not asked yet")).to_contain_text("No value: nothing was counted")

    page.get_by_role("button", name="Move “Would recommend”").focus()
    for key, told in (("Space", "picked up"), ("ArrowRight", "tile 2 of 3"), ("+", "6 of 12"), ("Space", "put down")):
        page.keyboard.press(key)
        said(page, told)
    expect(page.get_by_role("button", name="Move “Would recommend”")).to_be_focused()
    until(lambda: [one["tiles"][1]["width"] for one in call(running, "GET", "/dashboards")] == [6])
    (kept,) = call(running, "GET", "/dashboards")
    order = [ids[name] for name in ("Settled at once", "Would recommend", "Not asked yet")]
    assert [tile["kpi"] for tile in kept["tiles"]] == order
    page.reload()
    expect(page.get_by_role("article").first).to_have_attribute("aria-label", "Settled at once")


def test_a_dashboard_opens_with_its_own_window_and_is_held_against_targets(
    running: Server, ids: dict[str, str], visit: Open
) -> None:
    tiles = [{"id": "t1", "kpi": ids["Would recommend"]}, {"id": "t2", "kpi": ids["Settled at once"], "column": 3}]
    window = {"by": "month", "since": "2026-02-01", "until": "2026-03-31"}
    call(running, "POST", "/dashboards", {"name": "Spring", "tiles": tiles, "window": window})
    page = visit(running, "/kpis")
    tile = page.get_by_role("article", name="Settled at once")
    expect(tile).to_contain_text("1 Feb 2026 – 31 Mar 2026")
    expect(tile).to_contain_text("n 400")
    page.get_by_label("Compare with").select_option(label="against its target")
    nps = page.get_by_role("article", name="Would recommend")
    expect(nps).to_contain_text("better than the target (between")
    expect(tile).to_contain_text("There is no target.")
    nps.get_by_role("link", name="Would recommend").click()
    expect(page.get_by_role("radio", name="Months")).to_be_checked()
    expect(page.locator("main")).to_contain_text("1 Feb 2026 – 31 Mar 2026")


def test_a_kpi_is_written_down_and_read(running: Server, ids: dict[str, str], visit: Open, watch: Watch) -> None:
    watch.allow("status of 422")
    page = visit(running, "/kpis?new=1")
    box = page.get_by_role("dialog", name="New KPI")
    box.get_by_role("button", name="Add").click()
    expect(box.get_by_role("alert")).to_have_text("Choose what it measures.")
    box.get_by_placeholder("Search").fill("any share")
    box.get_by_role("radio", name="Any share").check()
    box.get_by_label("Name", exact=True).fill("Parcels on time")
    box.get_by_role("radio", name="typed in").check()
    box.get_by_label("Target (%)").fill("42,5")
    box.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Parcels on time")

    page.get_by_role("button", name="Type a reading in").click()
    box = page.get_by_role("dialog")
    box.get_by_label("Day").fill("2026-03-02")
    box.get_by_label("numerator").fill("30")
    box.get_by_label("denominator").fill("20")
    box.get_by_role("button", name="Save").click()
    expect(box.get_by_role("alert")).to_contain_text("30")
    box.get_by_label("denominator").fill("40")
    box.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("75%, Parcels on time")
    made = next(one for one in call(running, "GET", "/kpis") if one["name"] == "Parcels on time")
    assert (made["kind"], made["target"], made["source"]["origin"]) == ("share", {"value": 0.425, "by": None}, "typed")
    figure = call(running, "POST", f"/kpis/{made['id']}/measure", {"by": "week"})["figure"]
    expect(page.locator("main")).to_contain_text(f"{figure['low']:.1%} to {figure['high']:.1%}")


def test_a_card_of_a_map_shows_a_kpi(running: Server, ids: dict[str, str], visit: Open, watch: Watch) -> None:
    drawn = call(running, "POST", "/maps", {"name": "Settling"})
    step = drawn["stages"][0]["steps"][0]["id"]
    cards = [
        {"id": "fig", "text": "Ours"},
        {"id": "gone", "kpi": "k-gone"},
        {"id": "none", "kpi": ids["Not asked yet"]},
    ]
    commands: list[dict[str, Any]] = [{"do": "lane.add", "lane": {"id": "figures", "kind": "metrics"}}]
    commands += [{"do": "card.add", "lane": "figures", "step": step, "card": card} for card in cards]
    call(
        running,
        "POST",
        f"/maps/{drawn['id']}/commands",
        {"id": "kpicards", "base": drawn["version"], "commands": commands},
    )
    week = {"since": "2026-03-02", "until": "2026-03-08"}
    page = visit(running, f"/map/{drawn['id']}?since={week['since']}&until={week['until']}&focus=fig")
    card = page.locator('[data-id="fig"]')
    card.click()
    page.get_by_role("button", name="Details").click()
    page.get_by_label("Shows the KPI").select_option(label="Settled at once")
    figure = call(running, "POST", f"/kpis/{ids['Settled at once']}/measure", {**week, "by": "week"})["figure"]
    expect(card).to_contain_text(f"{figure['value']:.0%}, Settled at once, set by hand")
    expect(card).to_contain_text(f"n 200 · 95%: {figure['low']:.1%} to {figure['high']:.1%}")
    expect(card).to_contain_text("+20 pp better than before")
    expect(card.get_by_role("link")).to_have_attribute("href", f"/kpis/{ids['Settled at once']}")
    expect(page.locator('[data-id="none"]')).to_contain_text("No value: nothing was counted")
    expect(page.locator('[data-id="gone"]')).to_have_text("This KPI is no longer in the registry.")
