"""Before/after on the command line and over HTTP: the documented shape, refusals with their reason."""

import pytest

import desireline as dl
from desireline.http.app import create_app
from tests.asgi import Client
from tests.commands import series
from tests.unit.service.test_before_after import COLUMNS, MAPPING, plan, rows

CONTRACT = {"effect", "low", "high", "placebo_rate", "minimum_detectable", "verdict", "grade", "pre_days"}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    listed, header = rows(), "shop,day,sales,treated"
    files = {"good": listed, "short": [r for r in listed if r[1] >= "2025-05-01"], "twice": [*listed, listed[0]],
             "text": [["a", "never", "1", "1"], *listed]}  # fmt: skip
    asked = {}
    for name, content in files.items():
        file = folder / f"{name}.csv"
        file.write_text("\n".join([header, *(",".join(row) for row in content)]))
        options = [text for key, value in COLUMNS.items() for text in (f"--{key}", value)]
        asked[name] = ("beforeafter", file, *options, "--json")
    asked["told"] = (*asked["good"][:-1], "--language", "hr")
    asked["nothing"] = ("beforeafter", folder / "good.csv", "--unit", "shop", "--time", "day", "--value", "sales")
    return dict(zip(asked, series(*asked.values()), strict=True))


def test_the_documented_shape(ran):
    found = ran["good"].json
    assert ran["good"].code == 0
    assert found.keys() >= CONTRACT
    assert found["low"] < found["effect"] < found["high"]
    assert (found["verdict"], found["grade"], found["pre_days"]) == ("worked", "B", 150)
    assert [point["week"] for point in found["event_study"]] == [*range(-21, 4)]


@pytest.mark.parametrize(("file", "reason"), [("short", "too_few_days_before"), ("twice", "duplicate_days")])
def test_a_refusal_is_an_answer(ran, file, reason):
    found = ran[file].json
    assert (ran[file].code, found["verdict"], found["reason"], found["effect"]) == (0, "refused", reason, None)


def test_what_cannot_be_read_is_an_error_with_its_place(ran):
    assert (ran["text"].code, ran["text"].json["error"]["code"]) == (1, "bad_cell")
    assert ran["text"].json["error"]["details"]["given"] == "never"
    assert ran["nothing"].code == 1
    assert ran["nothing"].err.startswith("error[bad_question]")


def test_people_read_it_in_their_language(ran):
    assert ran["told"].out.startswith("Promjena je djelovala: „sales” je više za ")
    assert "(ocjena B)" in ran["told"].out


def test_over_http_it_is_planned_measured_and_forgotten(tmp_path):
    file = tmp_path / "events.csv"
    lines = [f"c{k},2025-01-{k % 28 + 1:02} 10:00:00,Call,web,5" for k in range(60)]
    file.write_text("\n".join(["who,at,what,where,score", *lines]))
    dl.open(tmp_path / "ws").import_files([file], "shop", mapping=MAPPING)
    client = Client(create_app(tmp_path / "ws"))
    made = client.request("POST", "/api/before-after", json=plan(start="2025-01-20")).json()
    done = client.request("POST", f"/api/before-after/{made['id']}/measure?lang=pl").json()
    assert (done["result"]["verdict"], done["result"]["reason"]) == ("refused", "too_few_days_before")
    assert "mniej niż 56 dni" in done["result"]["sentence"]
    assert [one["id"] for one in client.get("/api/before-after").json()] == [made["id"]]
    assert client.request("DELETE", f"/api/before-after/{made['id']}?revision=1").status_code == 409
    assert client.request("DELETE", f"/api/before-after/{made['id']}").status_code == 204
    assert client.get(f"/api/before-after/{made['id']}").status_code == 404
    wrong = client.request("POST", "/api/before-after", json={"name": "x", "of": "Call"})
    assert wrong.status_code == 422
