"""What stands beside feedback in the workspace: who was invited to forms, and what people said in studies."""

from typing import TYPE_CHECKING

from desireline.model.feedback import FeedbackFilters, SurveyCount
from desireline.model.study import QuoteOfStudy
from desireline.service.forms import Forms
from desireline.service.studies import Studies

if TYPE_CHECKING:
    from desireline.service.opened import Opened


def of_forms(workspace: "Opened", asked: FeedbackFilters) -> dict[str, SurveyCount]:
    """By name of each form, how many were invited and answered; `invited` None where that is not known.

    It is known of forms as a whole only: not of some of the people, days or channels.
    """
    forms = Forms(workspace)
    part = bool(asked.since or asked.until or asked.channels or asked.segment)
    found = {}
    for form in forms.all():
        counts = forms.counts(form.id)
        invited = None if part or not counts.invited else counts.invited
        found[form.name] = SurveyCount(survey=form.name, invited=invited, answered=counts.answered)
    return found


def of_studies(workspace: "Opened", touchpoint: str, asked: FeedbackFilters) -> list[QuoteOfStudy]:
    """What people said of a touchpoint in studies; nothing where the filters ask for what no study has."""
    of_answers = (asked.scales, asked.bands, asked.surveys, asked.questions, asked.sentiments, asked.judged_by)
    if any(of_answers) or asked.segment:
        return []
    return [one for one in Studies(workspace).quotes(touchpoint) if _fits(one, asked)]


def _fits(one: QuoteOfStudy, asked: FeedbackFilters) -> bool:
    said = one.quote
    return (
        (not asked.channels or said.channel in asked.channels)
        and (not asked.languages or said.language in asked.languages)
        and (asked.since is None or one.date >= asked.since)
        and (asked.until is None or one.date <= asked.until)
        and asked.search.strip().casefold() in said.text.casefold()
    )
