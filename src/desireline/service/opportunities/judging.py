"""What came of actions, in the opportunity that they were done about: status, grade and evidence."""

from typing import Any

from desireline.act.verdicts import sentence
from desireline.model.grade import Grade
from desireline.model.opportunity import Judged, Opportunity
from desireline.service.opportunities.telling import LANGUAGES


def fields_of(found: Opportunity, judged: Judged) -> dict[str, Any]:
    """The opportunity's fields once an action has its verdict.

    It is done where the action worked, and under review where it did not.

    Args:
        found: the opportunity.
        judged: takes the place of an earlier verdict of the same action.
    """
    verdicts = [one for one in found.verdicts if one.action != judged.action]
    before = _sentences(found.verdicts)
    bare = {lang: [told for told in found.evidence.get(lang, []) if told not in before[lang]] for lang in LANGUAGES}
    after = [*verdicts, judged]
    fields = with_verdicts({"evidence": bare, "grade": found.grade}, after)
    return {**fields, "verdicts": after, "status": "done" if judged.verdict.verdict == "worked" else "under_review"}


def with_verdicts(measured: dict[str, Any], verdicts: list[Judged]) -> dict[str, Any]:
    """What was measured with the verdicts in its evidence; the best grade of all counts."""
    if not verdicts:
        return measured
    told, evidence = _sentences(verdicts), measured.get("evidence", {})
    grades: list[Grade] = [measured.get("grade", "D"), *(one.verdict.grade or "D" for one in verdicts)]
    return {
        **measured,
        "grade": min(grades),
        "evidence": {lang: [*evidence.get(lang, []), *told[lang]] for lang in LANGUAGES},
    }


def _sentences(verdicts: list[Judged]) -> dict[str, list[str]]:
    return {lang: [f"{one.name}: {sentence(one.verdict, lang)}" for one in verdicts] for lang in LANGUAGES}
