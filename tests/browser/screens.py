"""The addresses of all screens of a workspace, each in a state with something to see."""

from urllib.parse import quote, urlencode

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import shops
from tests.servers import Server

PROOFS = ("experiments", "before-after")


def lead_to(page: Page, name: str) -> None:
    """Chooses a screen in the row of the navigation, in the menu of its group where it stands in one."""
    row = page.get_by_role("navigation", name="Screens").first
    link = row.get_by_role("link", name=name, exact=True)
    if not link.is_visible():
        groups = row.locator(".group.wide button")
        for group in groups.all():
            group.click()
            link = row.get_by_role("menuitem", name=name, exact=True)
            link.or_(row.get_by_role("menu")).first.wait_for()
            if link.is_visible():
                break
            page.keyboard.press("Escape")
    link.click()


def of_shop(browser: Browser, server: Server) -> dict[str, str]:
    """Every screen over the thirty people: name to path and query."""
    context = browser.new_context(base_url=server.address)
    measured = context.request.get(f"/api/maps/{shops.MAP_ID}/measured").json()
    cards = {card["name"]: card["id"] for card in context.request.get("/api/personas").json()}
    context.close()
    drill = urlencode({"drill": measured["drilldown"], "cell": next(iter(measured["stages"].values()))["cell"]})
    return {
        "overview": "/",
        "maps": "/maps",
        "maps as a board": "/maps?view=board",
        "a new map": "/maps?new=1",
        "library": "/library",
        "map": f"/map/{shops.MAP_ID}",
        "map with people": f"/map/{shops.MAP_ID}?{drill}",
        "stages found": "/discover",
        "types of journeys": "/discover/types?goal=Zakup",
        "personas found": "/discover/personas",
        "drift": "/discover/drift",
        **of_explore(),
        "persona cards": "/personas",
        "persona cards side by side": "/personas?view=matrix",
        "a new persona card": "/personas?new=segment",
        "persona card": f"/personas/{cards[shops.BUYERS]}",
        "people of a persona card": f"/personas/{cards[shops.BUYERS]}?who=*",
        "obstacles": "/obstacles",
        "obstacles of one kind": "/obstacles?goal=Zakup&kind=drop",
        "no such obstacle": "/obstacles/rage_click:Wizyta:www",
        **of_opportunities(browser, server),
        **of_kpis(browser, server),
        **of_proof(browser, server),
        **of_plan(browser, server),
        **of_voice(),
        "people": "/people",
        "nobody found": "/people?search=nobody-of-that-name",
        "person": f"/people/{quote('customer_id:p1', safe='')}",
        "sources": "/sources",
        "rejects": "/sources/rejects",
    }


def of_explore() -> dict[str, str]:
    """Every question of the workbench."""
    comparison = urlencode({"segment": 'people:channel = "telefon"', "versus": "name:@everyone"})
    steps = urlencode([("step", name) for name in ("Wizyta", "Zakup", "Skarga")])
    return {
        "explore": "/explore",
        "funnel": f"/explore/funnel?{steps}&within=30d",
        "funnel not asked yet": "/explore/funnel",
        "paths": "/explore/paths?anchor=Wizyta",
        "variants": "/explore/variants",
        "transitions": "/explore/transitions",
        "durations": "/explore/durations?by=channel",
        "sessions": "/explore/sessions",
        "retention": "/explore/retention",
        "lifecycle": "/explore/lifecycle",
        "stickiness": "/explore/stickiness",
        "attribution": "/explore/attribution?goal=Zakup",
        "switches": "/explore/switches?goal=Zakup",
        "micro-conversions": "/explore/micro_conversions?goal=Zakup",
        "comparison": f"/explore/funnel?{steps}&{comparison}",
        "two definitions": "/explore/variants?against=1&today=2026-03-10",
    }


def of_opportunities(browser: Browser, server: Server) -> dict[str, str]:
    """The three views, the dialog, and one opportunity."""
    context = browser.new_context(base_url=server.address)
    first = context.request.get("/api/opportunities").json()["opportunities"][0]["opportunity"]["id"]
    context.close()
    return {
        "opportunities": "/opportunities",
        "opportunities as a list": "/opportunities?view=list",
        "opportunities on a board": "/opportunities?view=board",
        "a new opportunity": "/opportunities?new=1",
        "opportunity": f"/opportunities/{first}",
    }


def of_proof(browser: Browser, server: Server) -> dict[str, str]:
    """The list, both dialogs, an experiment that has not begun and a before/after that was refused."""
    context = browser.new_context(base_url=server.address)
    experiment, before_after = (context.request.get(f"/api/{kind}").json()[0]["id"] for kind in PROOFS)
    context.close()
    return {
        "proof": "/proof",
        "a new experiment": "/proof?new=experiments",
        "a new before and after": "/proof/before-after?new=before-after",
        "experiment": f"/proof/experiments/{experiment}",
        "before and after": f"/proof/before-after/{before_after}",
        "a file to judge": "/proof/file",
    }


def of_plan(browser: Browser, server: Server) -> dict[str, str]:
    """Every view of the plan, what is opened over them, and an action that has begun."""
    context = browser.new_context(base_url=server.address)
    begun = next(one["id"] for one in context.request.get("/api/actions").json() if one["started"])
    context.close()
    return {
        "plan": "/plan",
        "actions as a list": "/plan/actions",
        "actions along the time": "/plan/timeline",
        "bets": "/plan/bets",
        "a new action": "/plan?new=1",
        "actions from a file": "/plan?import=1",
        "action": f"/plan/{begun}",
    }


def of_voice() -> dict[str, str]:
    """Every part of Voice, and what is asked with."""
    return {
        "what people say": "/voice",
        "themes": "/voice/themes",
        "quotes": "/voice/quotes",
        "questions to answer": "/voice/faq",
        "promises": "/voice/promises",
        "asking": "/voice/forms",
        "a new form": "/voice/forms/new",
        "a new study": "/voice/forms?study=new",
    }


def of_kpis(browser: Browser, server: Server) -> dict[str, str]:
    """The four parts, the dialog, and one KPI."""
    context = browser.new_context(base_url=server.address)
    first = context.request.get("/api/kpis").json()[0]["id"]
    context.close()
    return {
        "kpis": "/kpis",
        "a new kpi": "/kpis?new=1",
        "goals": "/kpis/goals",
        "alerts": "/kpis/alerts",
        "reports": "/kpis/reports",
        "kpi": f"/kpis/{first}",
    }


def uploaded(context: BrowserContext) -> str:
    """The address of the preview of a file that was just uploaded."""
    content = "\r\n".join(shops.lines()).encode(shops.ENCODING)
    name = "sklepy_2026-03.csv"
    file = {"file": {"name": name, "mimeType": "text/csv", "buffer": content}}
    upload = context.request.post("/api/uploads", multipart=file).json()["upload"]
    return f"/sources/import?{urlencode({'upload': upload, 'name': name})}"


def map_columns(page: Page) -> None:
    """Gives the uploaded file's columns their roles, so that there is a preview."""
    for column, role in (("Kto", "person"), ("Kiedy", "time"), ("Co", "event"), ("Gdzie", "channel")):
        page.locator("li", has=page.locator("b", has_text=column)).locator("select").first.select_option(value=role)
    page.locator("main table").first.wait_for()
