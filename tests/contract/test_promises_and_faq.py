"""Promises and FAQ candidates over HTTP and on the command line: the same documents, and refusals."""

import json
from pathlib import Path

import pytest

from desireline.http.app import create_app
from desireline.i18n import LANGUAGES
from tests.asgi import Client
from tests.commands import Ran, series

MESSAGES = """touchpoint,channel,offer,language,text
Page,web,Boots,en,"Boots €49, delivery in 2-3 days."
Ulotka,print,Boots,pl,"Kozaki 59 €, dostawa w 24 godziny."
"""
ARTICLES = "title,url,text\nWhere is my parcel?,https://h.example/1,Look at the label\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("promises") / "workspace"


def told_by(workspace: Path, *arguments: object) -> Ran:
    (ran,) = series(arguments, workspace=workspace)
    return ran


def upload(client: Client, name: str, text: str) -> str:
    sent = client.post("/api/uploads", files={"file": (name, text.encode())})
    assert sent.status_code == 200, sent.text
    number: str = sent.json()["upload"]
    return number


def test_both_surfaces_tell_the_same_contradictions(workspace: Path) -> None:
    client = Client(create_app(workspace))
    done = client.post("/api/promises/import", json={"upload": upload(client, "m.csv", MESSAGES)}).json()
    assert done == {"added": 2, "changed": 0, "unchanged": 0, "refused": []}
    over_http = client.get("/api/promises/contradictions").json()
    assert [(one["kind"], one["sure"], [s["said"][0]["quote"] for s in one["sides"]])
            for one in over_http["contradictions"]] == [
        ("price", "exact", ["€49", "59 €"]), ("delivery_time", "ranges_apart", ["2-3 days", "24 godziny"])]  # fmt: skip
    assert told_by(workspace, "promises", "contradictions", "--json").json == over_http
    for language in LANGUAGES:
        told = told_by(workspace, "--language", language, "promises", "contradictions").out
        assert "€49" in told
        assert "24 godziny" in told
        assert "promises." not in told
    page = client.get("/api/promises").json()[0]
    change = {"revision": 1, "fields": {"text": "Boots €59, delivery in 24 hours."}}
    assert client.patch(f"/api/promises/{page['id']}", json=change).json()["revision"] == 2
    assert client.patch(f"/api/promises/{page['id']}", json=change).json()["error"]["code"] == "stale_document"
    assert client.get("/api/promises/contradictions?offer=boots").json()["contradictions"] == []
    assert client.delete(f"/api/promises/{page['id']}").status_code == 204
    assert client.get(f"/api/promises/{page['id']}").status_code == 404


def test_a_text_is_read_on_both_surfaces(workspace: Path) -> None:
    client, text = Client(create_app(workspace)), "3 za 2 do 24. prosinca, dostava 3,99 €"
    found = client.post("/api/promises/extract", json={"text": text, "language": "hr"}).json()
    assert [(one["kind"], one["value"]) for one in found] == [
        ("discount", "3 for 2"), ("ends_on", "--12-24"), ("delivery_cost", "3.99 EUR")]  # fmt: skip
    assert told_by(workspace, "promises", "extract", text, "--text-language", "hr", "--json").json == {"found": found}
    assert told_by(workspace, "promises", "extract", text, "--text-language", "de").code == 1


def test_settings_articles_and_deflection(workspace: Path, tmp_path: Path) -> None:
    client = Client(create_app(workspace))
    assert client.patch("/api/faq/settings", json={"cost_per_contact": 4.5, "currency": "EUR"}).json() == {
        "cost_per_contact": 4.5, "currency": "EUR", "replies": None, "recontact_days": 7}  # fmt: skip
    assert told_by(workspace, "faq", "settings", "--recontact-days", "14", "--json").json["recontact_days"] == 14
    file = tmp_path / "articles.csv"
    file.write_text(ARTICLES)
    assert told_by(workspace, "faq", "import", str(file), "--json").json["added"] == 1
    again = client.post("/api/faq/articles/import", json={"upload": upload(client, "a.csv", ARTICLES)}).json()
    assert again["unchanged"] == 1
    (article,) = client.get("/api/faq/articles").json()
    assert (article["url"], article["source"]) == ("https://h.example/1", "imported")
    counts = {"holdout_people": 1000, "holdout_contacted": 120, "exposed_people": 1000, "exposed_contacted": 90}
    over_http = client.post("/api/faq/deflection", json=counts).json()
    asked = ("faq", "deflection", "--holdout", "120/1000", "--exposed", "90/1000")
    assert told_by(workspace, *asked, "--json").json == over_http
    assert "25" in told_by(workspace, "--language", "hr", *asked).out
    assert told_by(workspace, "faq", "deflection", "--holdout", "a", "--exposed", "1/2").code == 1
    for impossible in ({"exposed_contacted": 1001}, {"holdout_people": 10**400}):
        refused = client.post("/api/faq/deflection", json={**counts, **impossible})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "bad_request")
    assert json.loads(told_by(workspace, "faq", "candidates", "--json").out)["error"]["code"] == "no_events"
