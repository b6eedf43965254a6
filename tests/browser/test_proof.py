"""Proof: what the pages say equals what the API says; a bet is written, begun and deleted by keyboard alone."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from desireline.model.mapping import Mapping
from desireline.service.workspace import Workspace
from tests.browser import probes
from tests.browser.conftest import Open
from tests.browser.watch import settled
from tests.servers import Server, serving

BEGIN = dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC)
MAPPING = Mapping.model_validate({
    "person": [{"column": "who"}], "time": {"column": "time"}, "event": {"column": "event"},
    "channel": {"columns": ["channel"]}, "properties": ["experiment", "arm"],
})  # fmt: skip
BUYERS = {"long": 120, "short": 190}
"""Of 300 people in each arm."""
FORM = {
    "name": "Form", "hypothesis": "Shorter is faster.", "arms": [{"name": "long"}, {"name": "short"}],
    "metric": {"event": "Order"}, "guardrails": [{"event": "Call", "direction": "down"}], "planned": 500,
    "window_days": 7,
}  # fmt: skip
HOURS = {
    "name": "Opening hours", "measure": "contacts", "of": "Call", "start": "2026-06-10", "value": 10,
    "treated": {"of": "events", "where": 'channel = "shop"'},
    "comparison": {"of": "events", "where": 'channel = "web"'},
}  # fmt: skip


def rows() -> Iterator[str]:
    """600 people of an experiment in January, and calls over 200 days, of which those in the shop become more."""
    for number in range(600):
        arm = ("long", "short")[number % 2]
        seen = BEGIN + dt.timedelta(hours=number)
        yield f"p{number},{seen.isoformat()},Visit,web,,"
        yield f"p{number},{seen.isoformat()},experiment_exposure,experiment,Form,{arm}"
        if number // 2 < BUYERS[arm]:
            yield f"p{number},{(seen + dt.timedelta(days=1)).isoformat()},Order,web,,"
    for day in range(200):
        for channel, usual in (("web", 3 + day * 7 % 3), ("shop", 4 + day * 5 % 3 + 4 * (day >= 160))):
            for call in range(usual):
                yield f"c{call},{(BEGIN + dt.timedelta(days=day, minutes=call)).isoformat()},Call,{channel},,"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, front_end: None) -> Iterator[Server]:
    """A server over an experiment that worked and a change of the shop's calls."""
    folder: Path = tmp_path_factory.mktemp("proof")
    (folder / "events.csv").write_text("\n".join(["who,time,event,channel,experiment,arm", *rows()]))
    ws = Workspace(folder / "workspace")
    ws.import_files([folder / "events.csv"], "shop", mapping=MAPPING)
    ws.experiments.create(FORM)
    ws.experiments.start("Form")
    ws.before_after.measure(ws.before_after.create(HOURS).id)
    with serving(ws.places.root) as server:
        yield server


def told(server: Server, path: str) -> Any:
    """What the API answers."""
    return httpx.get(f"{server.address}/api/{path}", timeout=60).raise_for_status().json()


def signed(value: float, digits: int = 0) -> str:
    """With a sign; whole where half of the interval is 10 percentage points or more."""
    return f"{value:+.{digits}f}".replace("-", "−")


def barriers(page: Page) -> list[str]:
    """What axe finds on a phone with everything unfolded, and of the contrast in the dark."""
    page.locator("main details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    page.set_viewport_size({"width": 390, "height": 900})
    settled(page)
    probes.light(page)
    found = probes.axe(page)
    probes.dark(page)
    found += probes.axe(page, only=["color-contrast"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return found


def test_pages_say_what_was_measured(running: Server, visit: Open) -> None:
    result = told(running, "experiments/Form/result")
    analysis, (change,) = result["analysis"], told(running, "before-after")
    page = visit(running, "/proof")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Form"))
    expect(row).to_contain_text("Worked")
    expect(row).to_contain_text(f"{signed(100 * analysis['effect'])} pp")
    row.get_by_role("link").click()
    verdict = page.get_by_role("region", name="Verdict")
    expect(verdict).to_contain_text(result["sentence"])
    always = " to ".join(signed(100 * analysis["always"][end]) for end in ("low", "high"))
    fixed = " to ".join(signed(100 * analysis["fixed"][end], 1) for end in ("low", "high"))
    expect(verdict).to_contain_text(f"({always} pp)")
    expect(verdict).to_contain_text(f"{fixed} pp, p <0.001")
    arms = page.get_by_role("table", name="Arms").get_by_role("row")
    for arm, shown in zip(analysis["arms"], arms.all()[1:], strict=True):
        assert (arm["assigned"], arm["conversions"]) == (300, BUYERS[arm["arm"]])
        expect(shown).to_contain_text(f"{arm['conversions']}{arm['value']:.0%}")
    arms.nth(2).get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_contain_text("300 people")
    page.keyboard.press("Escape")
    assert barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    narrow = page.get_by_role("region", name="Arms").get_by_role("listitem")
    expect(narrow.nth(1).get_by_role("definition").last).to_have_text(f"{analysis['arms'][1]['value']:.0%}")
    right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('main *')].map((e) => e.getBoundingClientRect().right))"
    )
    assert right <= 390, "nothing is cut at the right"
    page.set_viewport_size({"width": 1440, "height": 900})

    assert change["result"]["verdict"] == "worked"
    page.goto(f"/proof/before-after/{change['id']}")
    expect(page.get_by_role("region", name="Verdict")).to_contain_text(change["result"]["sentence"])
    page.locator("summary").click()
    weeks = page.get_by_role("table", name=re.compile("^Difference")).get_by_role("row")
    expect(weeks).to_have_count(len(change["result"]["event_study"]) + 1)
    first = change["result"]["event_study"][0]
    expect(weeks.nth(1)).to_contain_text(signed(first["week"]))
    assert barriers(page) == []


def planned_anew(page: Page, running: Server, made: dict[str, Any]) -> None:
    """Only what was edited changes."""
    page.get_by_role("button", name="Edit").focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Edit “Reminder”")
    expect(box.get_by_label("Planned people in all")).to_have_value(str(made["planned"]))
    box.get_by_label("Planned people in all").fill("1 200")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="The bet")).to_contain_text("1,200 people")
    after = told(running, "experiments/Reminder")
    assert {name for name in made if after[name] != made[name]} == {"planned", "revision", "changed"}


def test_a_bet_is_written_and_begun_by_keyboard(running: Server, visit: Open) -> None:
    page = visit(running, "/proof")
    page.keyboard.press("n")
    box = page.get_by_role("dialog", name="New experiment")
    expect(box.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Reminder")
    page.keyboard.press("Tab")
    page.keyboard.type("It is forgotten, not unwanted.")
    page.keyboard.press("Tab")
    page.keyboard.type("Ord")
    page.keyboard.press("Enter")
    expect(box).to_contain_text(re.compile(r"Measured: \d+% of \d+ people"))
    box.get_by_label("To be found, percentage points").focus()
    page.keyboard.type("5")
    base = float(box.get_by_label("Share today, %").input_value()) / 100
    plan = httpx.post(f"{running.address}/api/experiments/plan", json={"base": base, "detect": 0.05}).json()
    use = box.get_by_role("button", name=f"Plan for {plan['always_total']:,} people")
    use.focus()
    page.keyboard.press("Enter")
    expect(box.get_by_label("Planned people in all")).to_have_value(str(plan["always_total"]))
    box.get_by_role("button", name="Create").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reminder")
    made = told(running, "experiments/Reminder")
    assert (made["status"], made["planned"], made["metric"]["event"]) == ("draft", plan["always_total"], "Order")
    assert made["hypothesis"] == "It is forgotten, not unwanted."
    planned_anew(page, running, made)
    page.get_by_role("button", name="Delete").focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Delete “Reminder”?")
    box.get_by_role("button", name="Delete").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/proof")
    assert [one["name"] for one in told(running, "experiments")] == ["Form"]


def test_a_file_is_judged_as_the_command_line_judges_it_and_is_gone_afterwards(running: Server, visit: Open) -> None:
    lines = [f"u{k},{'ab'[k % 2]},{int(k % 10 < (3, 6)[k % 2])}" for k in range(4_000)]
    file = {"name": "test.csv", "mimeType": "text/csv", "buffer": "\n".join(["person,arm,bought", *lines]).encode()}
    page = visit(running, "/proof")
    page.get_by_role("link", name="Judge a file").click()
    page.locator("input[type=file]").set_input_files([file])
    expect(page.get_by_label("Arm", exact=True)).to_have_value("arm")
    expect(page.get_by_label("Outcome")).to_have_value("bought")
    with page.expect_request("**/api/experiments/file") as sent:
        page.get_by_role("button", name="Judge", exact=True).click()
    page.get_by_label("Worth of one (money)").fill("30")
    page.get_by_role("button", name="Judge", exact=True).click()
    upload = sent.value.post_data_json["upload"]
    asked = {"upload": upload, "columns": {"arm": "arm", "outcome": "bought", "unit": "person", "value_per_unit": 30}}
    found = httpx.post(f"{running.address}/api/experiments/file", json=asked, timeout=60).json()
    assert found["verdict"] == "worked"
    expect(page.get_by_role("region", name="Verdict")).to_contain_text(found["sentence"])
    expect(page.get_by_role("region", name="Money")).to_contain_text(found["money_told"][0])
    assert barriers(page) == []
    with page.expect_response(lambda one: one.request.method == "DELETE"):
        page.get_by_role("link", name="All proofs").click()
    assert httpx.post(f"{running.address}/api/experiments/file", json=asked).status_code == 404
