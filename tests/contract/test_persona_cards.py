"""Persona cards over HTTP and on the command line, over the same hand-made journeys: one card, one answer."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.commands import series
from tests.servers import Server, serving

VISITORS = 'touchpoint = "Visit"'
"""29 of the 30 people; 16 or 17 of them order."""


@pytest.fixture(scope="module")
def cards(mapped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a copy that these tests write to."""
    import shutil

    folder = tmp_path_factory.mktemp("cards") / "workspace"
    shutil.copytree(mapped, folder)
    with serving(folder) as server:
        yield server


@pytest.fixture
def api(cards: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{cards.address}/api", timeout=30) as client:
        yield client
        for card in client.get("/personas").json():
            client.delete(f"/personas/{card['id']}")


def test_a_card_lives_and_its_typed_and_measured_sides_never_look_alike(api: httpx.Client) -> None:
    made = api.post("/personas", json={"name": "Visitors", "segment": {"where": VISITORS}, "fields": {"age": "40"}})
    assert made.status_code == 200, made.text
    card = made.json()
    assert (card["kind"], card["revision"], card["segment"]) == ("rules", 1, f"persona:{card['id']}")
    assert (card["typed"]["age"]["value"], card["typed"]["age"]["origin"]["kind"]) == ("40", "typed")
    measured = api.get(f"/personas/{card['id']}/measured").json()
    assert (measured["people"], measured["hidden"]) == (29, None)
    assert {trait["origin"]["kind"] for trait in measured["traits"]} == {"measured"}
    channels = next(trait for trait in measured["traits"] if trait["key"] == "channels")
    assert [(p["name"], p["n"], p["hidden"]) for p in channels["parts"]] == [
        ("web", 29, None), ("store", None, "few_people"), ("phone", None, "few_people"),
    ]  # fmt: skip
    changed = api.patch(f"/personas/{card['id']}", json={"revision": 1, "name": "Guests", "fields": {"age": None}})
    assert (changed.json()["name"], changed.json()["typed"]["age"]) == ("Guests", None)
    stale = api.patch(f"/personas/{card['id']}?lang=hr", json={"revision": 1, "name": "Others"})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "stale_persona")
    assert stale.json()["error"]["details"]["card"]["name"] == "Guests"
    assert "verziji 2" in stale.json()["error"]["message"]
    assert api.delete(f"/personas/{card['id']}").status_code == 204
    assert api.get(f"/personas/{card['id']}").json()["error"]["code"] == "unknown_persona"


def test_people_and_maps_of_a_card(api: httpx.Client) -> None:
    card = api.post("/personas", json={"name": "Visitors", "segment": {"where": VISITORS}}).json()["id"]
    assert api.get(f"/personas/{card}/people", params={"where": 'channel = "phone"'}).json()["total"] == 3
    assert (
        api.get(f"/personas/{card}/people", params={"since": "2024-01-06", "until": "2024-01-06"}).json()["total"] == 3
    )
    assert [c["id"] for c in api.get("/personas/of/customer_id:p1").json()] == [card]
    assert api.get("/personas/of/customer_id:p30").json() == []
    scope = {"do": "map.set", "set": {"scope": {"persona": card, "segment": None}}}
    assert (
        api.post("/maps/purchase/commands", json={"id": "about-them", "base": 1, "commands": [scope]}).status_code
        == 200
    )
    assert api.get("/maps/purchase/measured").json()["people_in_scope"] == 29
    assert [(c["name"], c["maps"]) for c in api.get("/personas").json()] == [("Visitors", ["purchase"])]
    refused = api.delete(f"/personas/{card}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "item_in_use")
    everyone = {"do": "map.set", "set": {"scope": {"persona": None, "segment": None}}}
    api.post("/maps/purchase/commands", json={"id": "everyone-again", "base": 2, "commands": [everyone]})
    assert api.get("/maps/purchase/measured").json()["people_in_scope"] == 30


def test_a_card_as_a_file_is_not_run_by_a_browser(api: httpx.Client) -> None:
    card = api.post("/personas", json={"name": "<b>Visitors</b>", "segment": {"where": VISITORS}}).json()["id"]
    file = api.get(f"/personas/{card}/export?lang=pl")
    assert file.headers["content-type"] == "text/markdown; charset=utf-8"
    assert file.headers["content-disposition"] == f'attachment; filename="{card}.md"'
    assert file.text.startswith("# \\<b\\>Visitors\\</b\\>\n\nWedług reguły")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "bad_request"),
        ({"name": "A", "fields": {"shoe": "42"}}, 422, "bad_request"),
        ({"name": "A", "segment": {"where": "channel ="}}, 422, "bad_expression"),
        ({"name": "A", "segment": "nowhere"}, 404, "unknown_segment"),
        ({"name": "A", "group": {"question": "variants", "cell": "variant:99"}}, 400, "bad_drilldown"),
    ],
)
def test_what_is_refused(api: httpx.Client, body: dict[str, object], status: int, code: str) -> None:
    refused = api.post("/personas", json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)
    assert api.get("/personas").json() == []


def test_the_command_line_says_the_same(own: Path) -> None:
    blank, added, changed, listed, shown, asked, compared, people, of, told, deleted, gone = series(
        ("persona-cards", "list"),
        ("persona-cards", "add", "Visitors", "--where", VISITORS, "--field", "age=40", "--field", "interests=tea",
         "--field", "interests=maps", "--field", "custom.Motto=Slow", "--json"),
        ("persona-cards", "set", "Visitors", "--field", "age=", "--fields", '{"quote": "So?"}'),
        ("persona-cards", "list", "--json"),
        ("persona-cards", "show", "Visitors", "--json"),
        ("funnel", "--steps", "Visit,Order", "--segment", "persona:Visitors", "--json"),
        ("persona-cards", "compare", "--json"),
        ("persona-cards", "people", "Visitors", "--where", 'channel = "phone"', "--json"),
        ("persona-cards", "of", "customer_id:p1", "--json"),
        ("persona-cards", "show", "Visitors", "--language", "pl"),
        ("persona-cards", "delete", "Visitors"),
        ("persona-cards", "show", "Visitors"),
        workspace=own,
    )  # fmt: skip
    assert (blank.code, "desireline persona-cards add" in blank.out) == (0, True)
    typed = added.json["typed"]
    assert (typed["interests"]["value"], typed["custom"]["Motto"]["value"]) == (["tea", "maps"], "Slow")
    assert changed.out == "The card of 'Visitors' is saved (revision 2).\n"
    assert [(c["name"], c["kind"], c["revision"]) for c in listed.json["personas"]] == [("Visitors", "rules", 2)]
    assert (shown.json["card"]["typed"]["age"], shown.json["card"]["typed"]["quote"]["value"]) == (None, "So?")
    size = next(t for t in shown.json["measured"]["traits"] if t["key"] == "size")
    assert size["value"] == asked.json["people_in_scope"] == 29
    assert compared.json["personas"][0]["people"] == 29
    assert people.json["total"] == 3
    assert [c["name"] for c in of.json["personas"]] == ["Visitors"]
    assert told.out.index("## Wpisane przez zespół") < told.out.index("## Zmierzone")
    assert (deleted.out, gone.code) == ("The card of 'Visitors' is deleted.\n", 1)
    assert "unknown_persona" in gone.err
