"""Personas: groups of people who behave alike, found in what they do; or that the data hold no stable groups."""

import numpy as np

from desireline.analyze.cells import parsed
from desireline.analyze.goals import goal_codes
from desireline.analyze.grouping.assigning import MIXED
from desireline.analyze.grouping.documents import PersonasRequest, PersonasResult
from desireline.analyze.grouping.finding import Groups, groups
from desireline.analyze.grouping.profile import profiles
from desireline.analyze.grouping.stability import LEAST_ARI, LEAST_JACCARD
from desireline.analyze.grouping.traits import traits
from desireline.analyze.scope import I64, Scope, about
from desireline.errors import BadDrilldown
from desireline.model.question import Cut, Proportion

__all__ = ["PersonasRequest", "PersonasResult", "answer", "labelled", "members", "proportions"]


def answer(scope: Scope, request: PersonasRequest) -> PersonasResult:
    """Find the groups and tell what sets them apart.

    Raises:
        UnknownStep: there is no such goal.
    """
    from desireline.analyze.grouping.drifting import drift

    if request.goal is not None:
        goal_codes(scope, request.goal)
    found = groups(scope, request)
    people = found.looked.people
    cut = [Cut(what="sample", kept=people, total=scope.units)] if people < scope.units else []
    told = profiles(scope, request, found, found.stable, request.goal) if found.stable else []
    own = {
        "goal": request.goal,
        "stable": found.count > 0,
        "reason": found.reason,
        "groups": told,
        "mixed": int(np.count_nonzero(found.of == MIXED)) if found.count else 0,
        "evidence": _evidence(found),
        "behaviours": list(found.behaviours),
        "drift": drift(scope, request, found, [one["name"] for one in told]) if found.count else None,
    }
    fields = about(scope, request, "personas", scope.labels(request), cut)
    return PersonasResult.model_validate({**fields, **own})


def members(scope: Scope, request: PersonasRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    found = groups(scope, request)
    match parsed(cell):
        case "persona", int(place) if 0 <= place < found.count:
            return np.flatnonzero(found.of == place)
        case "mixed", None if found.count:
            return np.flatnonzero(found.of == MIXED)
    raise BadDrilldown(given=cell[:40])


def proportions(result: PersonasResult) -> list[Proportion]:  # noqa: ARG001 the form of all questions
    """None: the groups of two segments are not the same groups."""
    return []


def labelled(scope: Scope, request: PersonasRequest) -> tuple[I64, list[str]]:
    """All units and the name of the group of each or `mixed`; nobody without stable groups."""
    from desireline.analyze.grouping.naming import names

    found = groups(scope, request)
    if not found.count:
        return np.zeros(0, np.int64), []
    told = names(traits(found.measured, found.of, found.count, scope.until))
    called = [*(one["en"] for one in told), "mixed"]
    return np.arange(scope.units), [called[group] for group in found.of.tolist()]


def _evidence(found: Groups) -> dict[str, object]:
    looked = found.looked
    return {
        "people": looked.people,
        "components": looked.start.k if looked.start else 0,
        "covariance": looked.start.form if looked.start else None,
        "parts": looked.parts,
        "ari": looked.stability.ari if looked.stability else None,
        "jaccard": looked.stability.jaccard if looked.stability else [],
        "resamples": looked.stability.resamples if looked.stability else 0,
        "needed_ari": LEAST_ARI,
        "needed_jaccard": LEAST_JACCARD,
    }
