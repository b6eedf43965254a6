"""Experiments: list, create, change, start, stop, assign, result, and the size that one needs."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from desireline.http.desk import AtDesk, InWorkspace
from desireline.http.language import Language
from desireline.model.definition import Strict
from desireline.model.experiment import (
    Assignment,
    Experiment,
    ExperimentChange,
    ExperimentResult,
    FileAnalysis,
    NewExperiment,
    VerdictNow,
)
from desireline.model.experiment_result import Plan
from desireline.service.experiments.of_file import ExperimentFile

router = APIRouter(prefix="/experiments", tags=["experiments"])


class ToAssign(Strict):
    """Who is to be assigned, and whether they see their arm now."""

    people: Annotated[list[str], Field(min_length=1, max_length=100_000)]
    record: bool = True


class ToPlan(Strict):
    """What an experiment is planned for; without `spread` the base is a share."""

    base: float
    detect: float
    spread: float | None = None
    power: float = 0.8
    alpha: float = 0.05
    arms: Annotated[int, Field(le=1000)] = 2
    per_day: float | None = None


class ToAnalyse(Strict):
    """An upload, and which of its columns is what."""

    upload: str
    columns: ExperimentFile


@router.get("")
def experiments(workspace: InWorkspace) -> list[Experiment]:
    """All experiments, oldest first."""
    return workspace.experiments.all()


@router.post("")
def create(workspace: InWorkspace, asked: NewExperiment) -> Experiment:
    """Makes one, as a draft."""
    return workspace.experiments.create(asked)


@router.post("/plan")
def plan(workspace: InWorkspace, asked: ToPlan) -> Plan:
    """How many people an experiment needs."""
    return workspace.experiments.plan(**asked.model_dump())


@router.get("/verdicts")
def verdicts(workspace: InWorkspace) -> list[VerdictNow]:
    """How all that have begun stand now."""
    return workspace.experiments.verdicts()


@router.post("/file")
def analyse(desk: AtDesk, asked: ToAnalyse, language: Language) -> FileAnalysis:
    """Analyses an uploaded file; nothing of it is kept in the workspace."""
    file = desk.uploads.path(asked.upload)
    return desk.workspace.experiments.analyse(file, language=language, **asked.columns.model_dump())


@router.get("/{experiment}")
def show(workspace: InWorkspace, experiment: str) -> Experiment:
    """One of them."""
    return workspace.experiments.get(experiment)


@router.patch("/{experiment}")
def change(workspace: InWorkspace, experiment: str, asked: ExperimentChange) -> Experiment:
    """Changes one; what is absent stays, and a change after the start is kept beside every result."""
    return workspace.experiments.change(experiment, asked)


@router.delete("/{experiment}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace,
    experiment: str,
    revision: Annotated[int | None, Query(ge=1, description="The one that was seen")] = None,
) -> None:
    """Deletes one; recorded exposures stay."""
    workspace.experiments.remove(experiment, revision)


@router.post("/{experiment}/start")
def start(workspace: InWorkspace, experiment: str) -> Experiment:
    """Begins to assign people."""
    return workspace.experiments.start(experiment)


@router.post("/{experiment}/stop")
def stop(workspace: InWorkspace, experiment: str) -> Experiment:
    """Ends it."""
    return workspace.experiments.stop(experiment)


@router.post("/{experiment}/assignments")
def assign(workspace: InWorkspace, experiment: str, asked: ToAssign) -> list[Assignment]:
    """The arms of people, always the same for the same person, recorded unless that is not wanted."""
    return workspace.experiments.assign(experiment, asked.people, record=asked.record)


@router.get("/{experiment}/result")
def result(workspace: InWorkspace, experiment: str, language: Language) -> ExperimentResult:
    """What came of it by now."""
    return workspace.experiments.result(experiment, language)
