"""An experiment in a file: which column is what, and the analysis."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from desireline.model.definition import Strict
from desireline.model.experiment import FileAnalysis
from desireline.model.experiment_result import Analysis, MetricKind, Wanted
from desireline.model.verdict import Worth

if TYPE_CHECKING:
    from desireline.act.experiments.sample import Outcome, Sample
    from desireline.collect.file_columns import FileColumns


class GuardrailColumn(Strict):
    """A column that must not get worse by more than `margin`, a share of the control's value."""

    column: str
    direction: Wanted = "up"
    margin: Annotated[float, Field(ge=0, le=1)] = 0.02


class ExperimentFile(Strict):
    """Which column is what.

    Attributes:
        arm, outcome: columns; the outcome of a ratio is its numerator.
        kind: found out from the outcome if None.
        control: the arm that the others are compared with; the first in order for None.
        unit: who it was; without it every row is somebody else.
        covariate: known before the assignment, for CUPED.
        denominator: makes the outcome a ratio.
        segment: columns by whose values the effect is shown too.
        time: of the assignment.
        planned: people in all arms together.
        expected: weight of each arm; equal for None.
        usual_effect: standard deviation of true effects of experiments like it.
        value_per_unit: money that one unit of the effect is worth, a person.
        people: for how many the money is told; those in the file for None.
        cost: money that the change takes.
    """

    arm: str
    outcome: str
    kind: MetricKind | None = None
    direction: Wanted = "up"
    control: str | None = None
    unit: str | None = None
    covariate: str | None = None
    denominator: str | None = None
    segment: Annotated[list[str], Field(max_length=20)] = Field(default_factory=list)
    guardrails: Annotated[list[GuardrailColumn], Field(max_length=20)] = Field(default_factory=list)
    time: str | None = None
    planned: int | None = None
    expected: dict[str, float] | None = None
    usual_effect: float | None = None
    value_per_unit: Annotated[float, Field(ge=0, le=1e15)] | None = None
    people: Annotated[float, Field(gt=0, le=1e10)] | None = None
    cost: Annotated[float, Field(ge=0, le=1e15)] | None = None

    @property
    def columns(self) -> list[str]:
        """All columns that are named."""
        single = [self.arm, self.outcome, self.unit, self.covariate, self.denominator, self.time]
        return [*(c for c in single if c is not None), *self.segment, *(g.column for g in self.guardrails)]


def told_file(
    file: str | os.PathLike[str], asked: ExperimentFile | dict[str, Any], language: str = "en"
) -> FileAnalysis:  # fmt: skip
    """The analysis with its sentence in a language, and the money of the effect; refuses as `analyse_file`."""
    from desireline.act.verdicts import money_told, of_experiment, sentence
    from desireline.service.shelf import valid

    asked = valid(ExperimentFile, asked)
    found = analyse_file(file, asked)
    worth = None if asked.value_per_unit is None else Worth(value=asked.value_per_unit)
    verdict = of_experiment(
        found, metric=asked.outcome, people=asked.people, worth=worth, cost=asked.cost, period="once"
    )
    told = {"sentence": sentence(verdict, language), "money_told": money_told(verdict, language),
            "money": verdict.money, "cost": asked.cost}  # fmt: skip
    return FileAnalysis.model_validate({**{name: getattr(found, name) for name in Analysis.model_fields}, **told})


def analyse_file(file: str | os.PathLike[str], asked: ExperimentFile | dict[str, Any]) -> Analysis:
    """The analysis of an experiment whose people are the rows of a file, of any format that can be imported.

    Raises:
        BadQuestion: a field makes no sense.
        MissingColumn, EmptyColumn, BadCell: a column is not there, holds nothing, or a cell is not what it has to be.
        OneArm: there is nothing to compare with.
        FileMissing, EmptyFile, UnknownFormat, BrokenFile, FileTooLarge: as named.
    """
    from desireline.act.experiments.analysing import Asked, analyse
    from desireline.act.experiments.uniting import one_row_each
    from desireline.collect.cells import identities
    from desireline.collect.file_columns import read_columns
    from desireline.service.shelf import valid

    asked = valid(ExperimentFile, asked)
    read = read_columns(Path(file), asked.columns)
    unit = None if asked.unit is None else identities(read, asked.unit)
    sample, left_out = one_row_each(_sample(read, asked), unit)
    own = Asked(asked.control, asked.planned, asked.expected, asked.usual_effect)
    return analyse(sample, own, left_out)


def _sample(read: "FileColumns", asked: ExperimentFile) -> "Sample":
    from desireline.act.experiments.sample import Factor, Sample
    from desireline.collect.cells import looks_binary, moments, names, numbers

    arm, arms = names(read, asked.arm)
    guardrails = [
        _outcome(read, g.column, "binary" if looks_binary(read, g.column) else "mean", None, g.direction, g.margin)
        for g in asked.guardrails
    ]
    return Sample(
        arms=arms, arm=arm,
        outcome=_outcome(read, asked.outcome, _kind(read, asked), asked.denominator, asked.direction),
        covariate=None if asked.covariate is None else (asked.covariate, numbers(read, asked.covariate)),
        time=None if asked.time is None else moments(read, asked.time), guardrails=guardrails,
        segments=[Factor(column, *names(read, column)) for column in asked.segment],
    )  # fmt: skip


def _kind(read: "FileColumns", asked: ExperimentFile) -> MetricKind:
    from desireline.collect.cells import looks_binary
    from desireline.errors import BadQuestion

    if asked.kind is None:
        found: MetricKind = "binary" if looks_binary(read, asked.outcome) else "mean"
        return "ratio" if asked.denominator is not None else found
    if (asked.kind == "ratio") != (asked.denominator is not None):
        raise BadQuestion(parameter="denominator", given=asked.denominator or "", expected="kind = ratio")
    return asked.kind


def _outcome(
    read: "FileColumns", column: str, kind: MetricKind, per: str | None, direction: Wanted, margin: float = 0.02
) -> "Outcome":
    from desireline.act.experiments.sample import Outcome
    from desireline.collect.cells import numbers, truths

    value = truths(read, column) if kind == "binary" else numbers(read, column)
    return Outcome(column, kind, value, None if per is None else numbers(read, per), direction, margin)
