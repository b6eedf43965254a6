"""What the effect of an experiment is worth: typed, or the value of a KPI of money, or the effect itself."""

from typing import TYPE_CHECKING, Final

from desireline.errors import BadQuestion, DesirelineError
from desireline.model.experiment import Experiment
from desireline.model.experiment_result import Analysis
from desireline.model.verdict import Verdict, Worth

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace

YEAR: Final = 365.25 * 86_400_000_000
DAY: Final = 86_400_000_000


def judged(
    workspace: "Workspace", experiment: Experiment, analysis: Analysis, until: int
) -> tuple[Verdict, str | None]:  # fmt: skip
    """The verdict with its money, and the code of why a KPI gives none.

    Args:
        workspace: whose KPIs are asked.
        experiment: as it is kept.
        analysis: what came of it.
        until: µs UTC, the end of the observation.
    """
    from desireline.act.verdicts import of_experiment

    refused: str | None = None
    worth: Worth | None = None
    try:
        worth = worth_of(workspace, experiment)
    except DesirelineError as error:
        refused = error.code
    verdict = of_experiment(
        analysis, metric=experiment.metric.event, people=_people(experiment, analysis, until), worth=worth,
        cost=experiment.cost,
    )  # fmt: skip
    return verdict, refused


def worth_of(workspace: "Workspace", experiment: Experiment) -> Worth | None:
    """Money of one unit of the effect, None where nobody said.

    Raises:
        UnknownDocument: there is no such KPI.
        BadQuestion: it is none of money, or has no value.
    """
    if experiment.value is not None:
        return Worth(value=experiment.value)
    if experiment.value_kpi is not None:
        series = workspace.kpis.measure(experiment.value_kpi, previous=False)
        figure = series.figure
        if figure.unit != "money" or figure.value is None or figure.value < 0:
            raise BadQuestion(parameter="value_kpi", given=series.name, expected="aov, clv")
        return Worth(value=figure.value, low=figure.low, high=figure.high, origin="kpi", kpi=series.name)
    if experiment.metric.kind == "mean" and experiment.metric.measure == "value":
        return Worth(value=1.0, origin="metric")
    return None


def _people(experiment: Experiment, analysis: Analysis, until: int) -> float:
    """In a year: as it was said, else at the pace of the experiment, if everybody met the change."""
    if experiment.people_per_year is not None:
        return experiment.people_per_year
    assigned = sum(arm.assigned for arm in analysis.arms)
    end = until if experiment.ended is None else min(until, int(experiment.ended.timestamp() * 1e6))
    began = until if experiment.started is None else int(experiment.started.timestamp() * 1e6)
    return assigned / experiment.traffic * YEAR / max(end - began, DAY)
