"""Verdicts in opportunities: what was measured stays, each action speaks once, the best grade counts."""

import datetime as dt

import pytest

from desireline.act.verdicts import sentence
from desireline.model.opportunity import Judged, Opportunity
from desireline.model.verdict import Verdict
from desireline.service.opportunities.judging import fields_of, with_verdicts

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MEASURED = {"en": ["People turn back."], "pl": ["Ludzie zawracają."], "hr": ["Ljudi se vraćaju."]}


def judged(action, outcome, grade):
    made = Verdict(source="experiment", verdict=outcome, grade=grade, metric="Order", effect=0.1, low=0.05, high=0.15,
                   unit="share")  # fmt: skip
    return Judged(action=action, name=f"Action {action}", at=NOW, verdict=made)


@pytest.mark.parametrize(
    ("outcome", "grade", "status", "best"),
    [("worked", "A", "done", "A"), ("no_evidence", "B", "under_review", "B"), ("harmed", "D", "under_review", "C")],
)
def test_status_grade_and_evidence(outcome, grade, status, best):
    found = Opportunity(id="o-1", title="Form", kind="obstacle", grade="C", evidence=MEASURED, created=NOW, changed=NOW)
    one = judged("a-1", outcome, grade)
    fields = fields_of(found, one)
    assert (fields["status"], fields["grade"], fields["verdicts"]) == (status, best, [one])
    assert fields["evidence"] == {
        lang: [*MEASURED[lang], f"Action a-1: {sentence(one.verdict, lang)}"] for lang in ("en", "pl", "hr")
    }


def test_a_newer_verdict_takes_the_place_of_the_one_before():
    found = Opportunity(id="o-1", title="Form", kind="obstacle", evidence=MEASURED, created=NOW, changed=NOW)
    for one in (judged("a-1", "no_evidence", "B"), judged("a-2", "worked", "B"), judged("a-1", "worked", "A")):
        found = found.model_copy(update=fields_of(found, one))
    assert [one.action for one in found.verdicts] == ["a-2", "a-1"]
    assert [told.split(":")[0] for told in found.evidence["en"]] == ["People turn back.", "Action a-2", "Action a-1"]
    again = with_verdicts({"evidence": {**MEASURED, "en": ["Fewer turn back."]}, "grade": "D"}, found.verdicts)
    assert again["evidence"]["en"] == ["Fewer turn back.", *found.evidence["en"][1:]]
    assert again["grade"] == "A"
