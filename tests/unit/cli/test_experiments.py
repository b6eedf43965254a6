"""Experiments as they are told: every code has a text in every language."""

from typing import get_args

import pytest

from desireline.cli.experiment_options import guardrail, weights
from desireline.errors import BadQuestion
from desireline.i18n import LANGUAGES, catalogue
from desireline.model.experiment import Assignment, Status
from desireline.model.experiment_result import (
    ExperimentVerdict,
    GuardrailFigures,
    LeftOut,
    NotChecked,
    Reason,
    SampleRatio,
)

CODES = {
    "reason": get_args(Reason),
    "unchecked": get_args(NotChecked),
    "verdict": get_args(ExperimentVerdict),
    "status": get_args(Status),
    "left_out": tuple(LeftOut.model_fields),
    "srm": get_args(SampleRatio.model_fields["status"].annotation),
    "guardrail": get_args(GuardrailFigures.model_fields["status"].annotation),
    "outside": tuple(c for c in get_args(Assignment.model_fields["reason"].annotation) if c != "assigned"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", CODES)
def test_every_code_has_a_text(language, kind):
    known = catalogue(language)
    assert [c for c in CODES[kind] if f"cli.experiment.{kind}.{c}" not in known] == []


def test_what_is_typed():
    assert weights("long, short=2") == {"long": 1.0, "short": 2.0}
    assert guardrail("latency:down") == {"column": "latency", "direction": "down"}
    assert guardrail("a:b") == {"column": "a:b"}
    with pytest.raises(BadQuestion):
        weights("long=much")
