"""Experiments on the command line and over HTTP: the documented shape, one answer, refusals that say what to do."""

import httpx
import pytest

from tests.commands import series
from tests.servers import serving

CONTRACT = {"arms", "effect", "fixed", "always", "srm", "verdict", "grade"}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    rows = [f"u{k},{'BA'[k % 2]},{int(k % 10 < 2)},{k % 7},{k % 3 + 1}" for k in range(3_000)]
    (folder / "good.csv").write_text("\n".join(["who,arm,bought,spent,visits", *rows]))
    (folder / "one_arm.csv").write_text("arm,bought\nA,1\nA,0\n")
    (folder / "text.csv").write_text("arm,bought\nA,1\nB,often\n")
    (folder / "empty.csv").write_text("arm,bought\nA,\nB,\n")
    (folder / "none.csv").write_text("arm,bought\n" + "A,0\nB,0\n" * 300)
    return folder


def analysing(file, *more, outcome="bought"):
    return ("experiment", "analyse", file, "--arm", "arm", "--outcome", outcome, *more)


REFUSED = {"one_arm": "one_arm", "text": "bad_cell", "empty": "empty_column", "absent": "file_missing"}


@pytest.fixture(scope="module")
def ran(files):
    """Everything that is asked of files, in one process."""
    good = files / "good.csv"
    asked = {
        "good": analysing(good, "--unit", "who", "--guardrail", "spent:up:0.05", "--segment", "visits", "--json"),
        "ratio": analysing(good, "--kind", "ratio", "--denominator", "visits", "--json", outcome="spent"),
        "control": analysing(good, "--kind", "mean", "--control", "B", "--json"),
        "none": analysing(files / "none.csv", "--json"),
        **{file: analysing(files / f"{file}.csv", "--json") for file in REFUSED},
        **{language: analysing(good, "--language", language) for language in ("en", "pl", "hr")},
    }
    return dict(zip(asked, series(*asked.values()), strict=True))


def test_the_documented_shape(ran):
    found = ran["good"].json
    assert set(found) >= CONTRACT
    assert [(a["arm"], a["n"]) for a in found["arms"]] == [("A", 1_500), ("B", 1_500)]
    # of ten rows the first two convert: one of each arm
    assert (found["kind"], found["control"], found["effect"], found["fixed"]["p"]) == ("binary", "A", 0.0, 1.0)
    assert set(found["fixed"]) >= {"low", "high", "p"}
    assert set(found["always"]) >= {"low", "high"}
    assert found["srm"]["status"] == "ok"
    assert (found["verdict"], found["grade"]) == ("no_evidence", "A")
    assert (len(found["segments"]), found["guardrails"][0]["name"]) == (3, "spent")
    ratio = ran["ratio"].json
    assert (ratio["kind"], ratio["arms"][0]["value"]) == ("ratio", pytest.approx(3 / 2, rel=0.01))
    assert ran["control"].json["control"] == "B"


@pytest.mark.parametrize(("file", "code"), REFUSED.items())
def test_bad_input_is_refused_by_name(ran, file, code):
    assert (ran[file].code, ran[file].json["error"]["code"]) == (1, code)


def test_nobody_converts_is_an_answer(ran):
    found = ran["none"].json
    assert (found["verdict"], found["effect"], found["fixed"]["p"], found["always"]["low"]) == (
        "too_early",
        0,
        None,
        None,
    )
    assert found["comparisons"][0]["minimum_detectable"] is None
    assert "detectable_size" in found["not_checked"]


@pytest.mark.parametrize(
    ("language", "verdict"), [("en", "No evidence"), ("pl", "Brak dowodów"), ("hr", "Nema dokaza")]
)
def test_the_verdict_is_told_in_each_language(ran, language, verdict):
    assert ran[language].out.startswith(verdict)


def test_both_surfaces_keep_the_same_experiments(own):
    made, size = (ran.json for ran in series(
        ("experiment", "create", "Short form", "--arms", "long,short=2", "--metric", "Bought", "--json"),
        ("experiment", "plan", "--base", "0.05", "--detect", "0.01", "--json"), workspace=own,
    ))  # fmt: skip
    with serving(own) as server, httpx.Client(base_url=server.address, timeout=60) as api:
        assert api.get("/api/experiments").json() == [made]
        address = f"/api/experiments/{made['id']}"
        assert api.post(f"{address}/start").json()["status"] == "running"
        again = api.post(f"{address}/start")
        assert (again.status_code, again.json()["error"]["code"]) == (409, "experiment_state")
        over_http = api.post(f"{address}/assignments", json={"people": ["p1", "p2"], "record": False}).json()
        empty = api.get(f"{address}/result")
        assert (empty.status_code, empty.json()["error"]["code"]) == (409, "no_exposures")
        typed, changed = (ran.json for ran in series(
            ("experiment", "assign", "Short form", "p1", "p2", "--no-record", "--json"),
            ("experiment", "set", "Short form", "--set", 'metric={"event":"Order"}', "--json"), workspace=own,
        ))  # fmt: skip
        assert typed["assignments"] == over_http
        assert [c["field"] for c in changed["changes"]] == ["metric"]
        stale = api.patch(address, json={"revision": 1, "planned": 100})
        assert (stale.status_code, stale.json()["error"]["code"]) == (409, "stale_document")
        assert api.post("/api/experiments/plan", json={"base": 0.05, "detect": 0.01}).json() == size
        assert api.delete(address).status_code == 204
        assert api.get(address).status_code == 404
