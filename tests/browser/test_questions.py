"""Every question in a real browser: its picture and its table say what the server answers, and open the very people."""

import re
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import probes
from tests.browser.conftest import Open
from tests.browser.test_numbers import everyone_in, whole
from tests.browser.watch import settled
from tests.servers import Server

GOAL: Final = "Coupon redeemed"
STEPS: Final = ("Mailing", "Basket", GOAL)
FUNNEL: Final = "/explore/funnel?step=Mailing&step=Basket&step=Coupon+redeemed&within=30d&trend=month&by=trait.income"
PLACES: Final = {
    "funnel": FUNNEL,
    "flow": "/explore/paths?anchor=Mailing&depth=4",
    "graph": "/explore/paths?anchor=Mailing&depth=6&form=graph",
    "between": "/explore/paths?anchor=Mailing&direction=between&to=Coupon+redeemed",
    "transitions": "/explore/transitions",
    "matrix": "/explore/transitions?view=matrix",
    "variants": "/explore/variants?by=channel&collapse=1",
    "sessions": "/explore/sessions?gap=1d&by=channel",
    "retention": "/explore/retention?period=month",
    "lifecycle": "/explore/lifecycle?period=month",
    "stickiness": "/explore/stickiness?period=month",
    "durations": "/explore/durations?from=Mailing&to=Coupon+redeemed&by=trait.income",
    "attribution": "/explore/attribution?goal=Coupon+redeemed",
    "switches": "/explore/switches?goal=Coupon+redeemed",
    "micro-conversions": "/explore/micro_conversions?goal=Coupon+redeemed",
}
"""Each form that an answer takes, over the households of the demo."""


def ask(page: Page, question: str, **fields: Any) -> Any:
    """What the server answers to the same question."""
    answer = page.request.post(f"/api/questions/{question}", data=fields)
    assert answer.ok, answer.text()
    return answer.json()


def behind(page: Page, answer: Any, cell: str) -> list[str]:
    """The people of a cell, from the server, in the order of the drawer."""
    found = page.request.get(
        "/api/drilldown", params={"token": answer["drilldown"], "cell": cell, "limit": 1000, "offset": 0}
    )
    assert found.ok, found.text()
    firsts = [row["identifiers"][0] for row in found.json()["people"]]
    return [f"{first['type']}:{first['value']}" for first in firsts]


def numbers(cells: Locator) -> list[int]:
    return [whole(text) for text in cells.all_inner_texts()]


def opens(page: Page, figure: Locator, answer: Any, cell: str) -> None:
    """The figure opens the people of that cell, all of them and nobody else."""
    figure.click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("listitem").first.wait_for()
    shown = everyone_in(drawer)
    expected = behind(page, answer, cell)
    assert len(shown) == len(expected) > 0
    assert {re.sub(r"\s.*", "", who) for who in shown} == set(expected)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def test_the_funnel_by_group_over_time_and_by_how_long(demo: Server, visit: Open) -> None:
    page = visit(demo, FUNNEL)
    answer = ask(page, "funnel", steps=STEPS, within="30d", trend="month", by="trait.income")
    groups = page.get_by_role("table", name="By income")
    for place in range(3):
        shown = numbers(groups.locator(f"tbody td:nth-child({place + 2})"))
        assert shown == [group["steps"][place]["people"] for group in answer["groups"]]

    trend = page.get_by_role("table", name="Shares over time")
    more = page.get_by_role("button", name=re.compile(r"^All \d+ rows$"))
    if more.count():
        more.click()
    periods = answer["periods"][::-1]
    assert numbers(trend.locator("tbody td:nth-child(2)")) == [period["people"][0] for period in periods]
    young = [bool(text) for text in trend.locator("tbody td:last-child").all_inner_texts()]
    assert young == [not period["mature"] for period in periods]
    assert any(young), "the study ends within thirty days of its last mailing"

    bars = page.get_by_role("group", name="Shares over time").get_by_role("button")
    entered = [period for period in answer["periods"] if period["people"][0]]
    assert bars.count() == len(entered)
    few = min((p for p in entered if p["people"][2]), key=lambda period: period["people"][2])
    bar = bars.nth(entered.index(few))
    expect(bar).to_have_accessible_name(re.compile(f": {few['people'][2]} of {few['people'][0]}"))
    opens(page, bar, answer, f'period:["{few["start"]}",3]')

    times = page.get_by_role("table", name=f"Time to “{GOAL}”")
    buckets = answer["times"][-1]["buckets"]
    assert numbers(times.locator("tbody td:nth-child(3)")) == [bucket["people"] for bucket in buckets]
    assert sum(bucket["people"] for bucket in buckets) == answer["steps"][-1]["people"]
    opens(page, times.locator("tbody tr").last.get_by_role("button"), answer, f"time:[3,{len(buckets) - 1}]")


def test_a_step_is_made_optional_and_an_event_ends_the_way(demo: Server, visit: Open) -> None:
    page = visit(demo, "/explore/funnel?step=Mailing&step=Mailer&step=Basket")
    page.get_by_text("details", exact=True).nth(1).click()
    page.locator("details[open]").get_by_label("May be skipped").check()
    page.get_by_role("combobox", name="Ends the way if it comes between").fill(GOAL)
    page.keyboard.press("Enter")
    settled(page)
    steps = ["Mailing", {"name": "Mailer", "optional": True}, "Basket"]
    answer = ask(page, "funnel", steps=steps, exclude=[GOAL])
    rows = page.get_by_role("table", name=re.compile("Steps of the funnel")).locator("tr.step td.numeric:nth-child(3)")
    assert numbers(rows) == [step["people"] for step in answer["steps"]]
    assert answer["excluded"]["people"] > 0
    excluded = page.get_by_role("button", name=re.compile("^An event that ends the way came between"))
    assert whole(excluded.inner_text()) == answer["excluded"]["people"]
    page.reload()
    settled(page)
    assert numbers(rows) == [step["people"] for step in answer["steps"]]


def test_a_ribbon_opens_its_people_by_pointer_and_by_key(demo: Server, visit: Open) -> None:
    page = visit(demo, PLACES["flow"])
    answer = ask(page, "paths", anchor="Mailing", depth=4)
    picture = page.get_by_role("group", name=re.compile("^Flow picture"))
    picture.get_by_role("button", name="Mailing start").focus()
    links = [link for link in answer["links"] if link["layer"] == 0]
    ways = picture.get_by_role("button", name=re.compile("^Mailing →"))
    assert ways.count() == len(links)
    smallest = min(links, key=lambda link: link["people"])
    for _ in links:
        page.keyboard.press("Tab")
    way = ways.last
    expect(way).to_be_focused()
    expect(way).to_have_accessible_name(re.compile(f": {smallest['people']}, "))
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("listitem")).to_have_count(smallest["people"])
    page.keyboard.press("Escape")
    widest = max(links, key=lambda link: link["people"])
    picture.locator("path.hit").first.click(force=True)
    expect(drawer.get_by_role("heading", level=2)).to_contain_text(f"→ {widest['to']}")


def test_the_graph_and_its_table_hold_the_same_ways(demo: Server, visit: Open) -> None:
    page = visit(demo, PLACES["graph"])
    answer = ask(page, "paths", anchor="Mailing", depth=6, form="graph")
    picture = page.get_by_role("group", name=re.compile("^Graph of ways"))
    shown = {whole(text) for text in picture.locator("button .count").all_inner_texts()}
    assert shown == {node["people"] for node in answer["nodes"]}
    assert picture.locator("path.way").count() == len(answer["edges"])
    few = min(answer["nodes"], key=lambda node: node["people"])
    opens(page, picture.locator("button", has_text=str(few["people"])).first, answer, f'vertex:"{few["name"]}"')

    page.get_by_role("radio", name="Table").check()
    table = page.get_by_role("table", name=re.compile("Ways as rows"))
    assert sorted(numbers(table.locator("td:nth-child(3)"))) == sorted(edge["people"] for edge in answer["edges"])


def test_ways_between_two_say_who_never_arrives(demo: Server, visit: Open) -> None:
    page = visit(demo, "/explore/paths?anchor=Mailing&direction=between")
    expect(page.locator("main")).to_contain_text("From Mailing to where?")
    page.locator("main").get_by_role("button", name=GOAL, exact=True).click()
    settled(page)
    answer = ask(page, "paths", anchor="Mailing", direction="between", to=GOAL)
    missed = page.get_by_role("button", name=re.compile("^Never reach"))
    assert whole(missed.inner_text()) == answer["people_entered"] - answer["arrived"]
    funnel = ask(page, "funnel", steps=["Mailing", GOAL])
    assert answer["arrived"] == funnel["steps"][1]["people"]


def test_transitions_are_the_same_in_table_and_matrix(demo: Server, visit: Open) -> None:
    page = visit(demo, f"/explore/transitions?goal={GOAL.replace(' ', '+')}&reached=1&top=500")
    answer = ask(page, "transitions", goal=GOAL, reached=True, top=500)
    table = page.get_by_role("table", name="Which touchpoint follows which")
    assert numbers(table.locator("td:nth-child(3)")) == [row["count"] for row in answer["transitions"]]
    page.get_by_role("radio", name="Matrix").check()
    names = table.locator("tbody th").all_inner_texts()
    counts = {(row["from"], row["to"]): (place, row) for place, row in enumerate(answer["transitions"])}
    for i, name in enumerate(names):
        for j, other in enumerate(names):
            text = table.locator("tbody tr").nth(i).locator("td").nth(j).inner_text().partition(",\n")[0]
            expected = counts.get((name, other))
            assert (expected is None) == ("·" in text), (name, other)
    place, rare = min(counts.values(), key=lambda found: found[1]["people"])
    cell = table.get_by_role("button", name=re.compile(f"{rare['from']} → {rare['to']}$"))
    opens(page, cell, answer, f"pair:{place}")


def test_the_coverage_of_variants_can_be_read_by_keys(demo: Server, visit: Open) -> None:
    page = visit(demo, PLACES["variants"])
    answer = ask(page, "variants", by="channel", collapse=True, top=20)
    slider = page.get_by_role("slider", name=re.compile("commonest sequences"))
    slider.focus()
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", f"The {answer['distinct']:,} commonest cover 100%.")
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(f"{answer['coverage'][0]['share']:.1%}"))
    expect(page.locator("figcaption")).to_contain_text("The commonest one covers")


def test_visits_begin_and_end_as_often(demo: Server, visit: Open) -> None:
    page = visit(demo, PLACES["sessions"])
    answer = ask(page, "sessions", gap="1d", by="channel")
    for kind, caption in (("entries", "Where visits begin"), ("exits", "Where visits end")):
        table = page.get_by_role("table", name=caption)
        shown = numbers(table.locator("td:nth-child(3)"))
        assert shown == [row["sessions"] for row in answer[kind]]
        assert sum(shown) == answer["sessions"]
    rarest = answer["entries"][-1]
    row = page.get_by_role("table", name="Where visits begin").locator("tbody tr").last
    opens(page, row.get_by_role("button"), answer, f'entry:"{rarest["name"]}"')


def test_cohorts_leave_open_what_is_not_over(demo: Server, visit: Open) -> None:
    page = visit(demo, PLACES["retention"])
    answer = ask(page, "retention", period="month")
    table = page.get_by_role("table", name=re.compile("^Cohorts"))
    rows = table.locator("tbody tr").all()[1:]
    assert len(rows) == len(answer["cohorts"])
    for row, cohort in zip(rows, answer["cohorts"], strict=True):
        cells = row.locator("td").all()
        assert whole(cells[0].inner_text()) == cohort["people"]
        for cell, returned in zip(cells[1:], cohort["returned"], strict=True):
            title = cell.locator("button").get_attribute("title") if cell.locator("button").count() else None
            assert (title is None) == (returned is None)
            if title:
                assert f": {returned:,} of " in title
    last = len(answer["cohorts"]) - 1
    opens(page, rows[last].get_by_role("button").first, answer, f"cohort:{last}")
    month = rows[2].locator("td").nth(2).get_by_role("button")
    month.click()
    expect(page.get_by_role("dialog").locator("header p")).to_have_text(
        f"{answer['cohorts'][2]['returned'][1]:,} people"
    )


def test_a_life_cycle_reads_the_same_in_bars_and_rows(demo: Server, visit: Open) -> None:
    page = visit(demo, PLACES["lifecycle"])
    answer = ask(page, "lifecycle", period="month")
    kinds = ("returning", "resurrecting", "new", "dormant")
    bars = page.get_by_role("group", name=re.compile("^Bars upwards")).get_by_role("button")
    expected = [p[kind] for p in answer["periods"] for kind in kinds if p[kind]]
    names = [bar.get_attribute("aria-label") or "" for bar in bars.all()]
    assert [whole(name.rpartition(": ")[2]) for name in names] == expected
    more = page.get_by_role("button", name=re.compile(r"^All \d+ rows$"))
    if more.count():
        more.click()
    table = page.get_by_role("table", name="Who was there, period by period")
    assert numbers(table.locator("td:nth-child(4)")) == [p["new"] for p in answer["periods"][::-1]]
    few = next(p for p in answer["periods"] if 0 < p["new"] < 50)
    bar = bars.nth(names.index(next(name for name in names if f"new: {few['new']}" in name)))
    opens(page, bar, answer, f'new:"{few["start"]}"')
    bars.first.focus()
    page.keyboard.press("ArrowRight")
    expect(bars.nth(0)).not_to_be_focused()


def test_days_of_a_month_add_up_to_those_who_were_there(demo: Server, visit: Open) -> None:
    page = visit(demo, PLACES["stickiness"])
    answer = ask(page, "stickiness", period="month")
    table = page.get_by_role("table", name=re.compile("^People by the number of days"))
    shown = numbers(table.locator("td:nth-child(3)"))
    assert sum(shown) == answer["people_active"]
    few = next(bar for bar in answer["bars"] if 0 < bar["people"] < 30)
    row = table.locator("tbody tr").nth(few["days"] - 1)
    opens(page, row.get_by_role("button"), answer, f"days:{few['days']}")


def test_credit_is_headed_as_no_cause(demo: Server, visit: Open) -> None:
    page = visit(demo, "/explore/attribution")
    page.locator("main").get_by_role("button", name=GOAL, exact=True).click()
    settled(page)
    expect(page.locator(".caution")).to_contain_text("Credit, not cause.")
    answer = ask(page, "attribution", goal=GOAL)
    strips = page.get_by_role("table", name=re.compile("^Share of the credit"))
    total = sum(answer["models"]["markov"].values())
    for row in strips.locator("tbody tr").all():
        name = row.locator("th").inner_text().strip()
        expected = round(100 * answer["models"]["markov"][name] / total)
        assert whole(row.locator("td.numeric").first.inner_text()) == pytest.approx(expected, abs=1)
    page.get_by_label("Model in focus").select_option("first")
    numbers_table = page.get_by_role("table", name="Credit by model")
    first = {
        row.locator("td").first.inner_text(): whole(row.locator("td").nth(1).inner_text())
        for row in numbers_table.locator("tbody tr").all()
    }
    assert first == {name: round(credit) for name, credit in answer["models"]["first"].items()}
    expect(strips).to_have_accessible_name(re.compile("first touch"))
    assert "focus=first" in page.url


def test_switches_of_the_matrix_and_of_the_rows_agree(demo: Server, visit: Open) -> None:
    page = visit(demo, PLACES["switches"])
    answer = ask(page, "switches", goal=GOAL)
    matrix = page.get_by_role("table", name="Switches from one channel to another")
    shown = sum(whole(text) for text in matrix.locator("tbody td button").all_inner_texts())
    assert shown == answer["total"] == sum(row["count"] for row in answer["switches"])
    mixes = page.get_by_role("table", name="Which channels go together")
    assert numbers(mixes.locator("td:nth-child(2)")) == [mix["people"] for mix in answer["mixes"]]
    rare = min((mix for mix in answer["mixes"] if "@other" not in mix["channels"]), key=lambda mix: mix["people"])
    row = mixes.locator("tbody tr").nth(answer["mixes"].index(rare))
    cell = "mix:[" + ",".join(f'"{name}"' for name in rare["channels"]) + "]"
    opens(page, row.get_by_role("button").first, answer, cell)


def test_a_lift_is_called_naive(demo: Server, visit: Open) -> None:
    page = visit(demo, PLACES["micro-conversions"])
    expect(page.locator(".caution")).to_contain_text("A naive comparison.")
    answer = ask(page, "micro_conversions", goal=GOAL)
    table = page.get_by_role("table", name=re.compile("^Small steps"))
    expect(table.get_by_role("columnheader", name="Naive lift")).to_be_visible()
    assert numbers(table.locator("td:nth-child(6)")) == [row["people"] for row in answer["rows"]]
    lead = page.locator(".answer .lead").first
    assert whole(lead.inner_text()) == answer["converted"]


@pytest.mark.parametrize("place", PLACES)
def test_no_picture_has_a_barrier(demo: Server, visit: Open, place: str) -> None:
    """All rules in light; in dark only contrast can differ. Every answer has a table or offers one."""
    page = visit(demo, PLACES[place])
    found = [f"light: {line}" for line in probes.axe(page)]
    probes.dark(page)
    found += [f"dark: {line}" for line in probes.axe(page, only=["color-contrast"])]
    assert not found, "\n".join(found)
    answer = page.locator(".answer")
    assert answer.get_by_role("table").count() or answer.get_by_role("radio", name="Table").count()


@pytest.mark.parametrize("place", PLACES)
def test_pictures_fit_a_phone_in_every_language(demo: Server, visit: Open, place: str) -> None:
    page = visit(demo, PLACES[place], width=390, height=844)
    for language in ("en", "pl", "hr", "__test__"):
        page.goto(f"{PLACES[place]}{'&' if '?' in PLACES[place] else '?'}lang={language}")
        settled(page)
        assert probes.sideways(page) <= 0, language
        assert probes.cut_off(page) == [], language
        assert probes.overlapping(page) == [], language


SVG_TEXTS: Final = """() => [...document.querySelectorAll('.answer svg text')].flatMap((a, i, all) =>
  all.slice(i + 1).filter((b) => b.ownerSVGElement === a.ownerSVGElement).flatMap((b) => {
    const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
    const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    return across > 1 && down > 6 ? [`${a.textContent} over ${b.textContent}`] : [];
  }))"""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("place", ["funnel", "variants", "retention", "lifecycle", "durations"])
def test_labels_of_a_picture_do_not_collide(demo: Server, visit: Open, place: str, width: int) -> None:
    page = visit(demo, PLACES[place], width=width)
    for language in ("en", "pl", "hr"):
        page.goto(f"{PLACES[place]}&lang={language}")
        settled(page)
        assert page.locator(".answer svg text").count() > 3
        assert page.evaluate(SVG_TEXTS) == [], language


def test_times_are_read_from_the_curve_and_open_who_is_still_on_the_way(demo: Server, visit: Open) -> None:
    page = visit(demo, PLACES["durations"])
    request = {"from": "Mailing", "to": GOAL, "by": "trait.income"}
    answer = ask(page, "durations", **request)
    table = page.get_by_role("table", name="Times by group")
    rows = [answer, *answer["groups"]]
    for column, field in ((2, "entered"), (3, "n"), (4, "censored")):
        assert numbers(table.locator(f"tbody td:nth-child({column})")) == [row[field] for row in rows]
    few = min(answer["groups"], key=lambda group: group["n"] or 10_000)
    row = table.locator("tbody tr").nth(rows.index(few))
    opens(page, row.locator("td").nth(2).get_by_role("button"), answer, f'reached:"{few["name"]}"')

    page = visit(demo, "/explore/durations?from=Mailing&to=Coupon+redeemed")
    settled(page)
    slider = page.get_by_role("slider", name="How many have arrived by when")
    slider.focus()
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(rf": {answer['survival']['share_reached']:.0%} have"))
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(": 0%"))
