"""Experiments: list, create, start, stop, assign, result, analyse a file, and plan the size."""

import json
from typing import Annotated, Any

import typer

from desireline.cli import experiment_options as options
from desireline.cli.experiment_told import planned, told
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, table
from desireline.cli.progress import waiting

group = typer.Typer(
    name="experiment", help="Randomised experiments: assignment, analysis, verdict.", no_args_is_help=True
)

Which = Annotated[str, typer.Argument(metavar="EXPERIMENT", help="Its id or name.", show_default=False)]


@group.command()
def analyse(
    context: typer.Context,
    file: options.File,
    arm: options.ArmColumn,
    outcome: options.Outcome,
    kind: options.Kind = None,
    control: options.Control = None,
    direction: options.Direction = "up",
    unit: options.Unit = None,
    covariate: options.Covariate = None,
    denominator: options.Denominator = None,
    segment: options.Segment = None,
    guardrail: options.Guardrail = None,
    time: options.Time = None,
    planned_size: options.Planned = None,
    expected: options.Expected = None,
    usual_effect: options.UsualEffect = None,
    value_per_unit: options.ValuePerUnit = None,
    people: options.People = None,
    cost: options.Cost = None,
    as_json: AsJson = False,
) -> None:
    """Analyse an experiment in a file: effect, intervals, sample ratio, verdict."""
    session = session_of(context)
    fields = {
        "arm": arm, "outcome": outcome, "kind": kind, "control": control, "direction": direction, "unit": unit,
        "covariate": covariate, "denominator": denominator, "segment": segment or [],
        "guardrails": [options.guardrail(text) for text in guardrail or ()], "time": time, "planned": planned_size,
        "expected": None if expected is None else options.weights(expected), "usual_effect": usual_effect,
        "value_per_unit": value_per_unit, "people": people, "cost": cost,
    }  # fmt: skip
    with waiting(session, "question"):
        found = session.workspace.experiments.analyse(file, language=session.language, **fields)
    if as_json:
        print_json(found)
    else:
        told(session, found, found.money_told)


@group.command()
def plan(
    context: typer.Context,
    base: Annotated[float, typer.Option("--base", help="The control's share, or its mean with --spread.")],
    detect: Annotated[float, typer.Option("--detect", help="The smallest effect that matters, absolute.")],
    spread: Annotated[
        float | None, typer.Option("--spread", help="Standard deviation of single values; without it, a share.")
    ] = None,
    power: Annotated[float, typer.Option("--power", help="How often such an effect is to be found.")] = 0.8,
    alpha: Annotated[float, typer.Option("--alpha", help="How often one may be found that is not there.")] = 0.05,
    arms: Annotated[int, typer.Option("--arms", help="With the control.")] = 2,
    per_day: Annotated[float | None, typer.Option("--per-day", help="People who come on a day.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say how many people an experiment needs."""
    session = session_of(context)
    found = session.workspace.experiments.plan(
        base, detect, spread=spread, power=power, alpha=alpha, arms=arms, per_day=per_day
    )
    if as_json:
        print_json(found)
    else:
        planned(session, found)


@group.command("list")
def list_experiments(context: typer.Context, as_json: AsJson = False) -> None:
    """List all of the workspace."""
    session = session_of(context)
    found = session.workspace.experiments.all()
    if as_json:
        print_json({"experiments": [one.model_dump(mode="json") for one in found]})
        return
    if not found:
        line(session.text("experiment.none"))
        return
    rows = [(one.id, one.name, session.text(f"experiment.status.{one.status}"), one.metric.event,
             ", ".join(arm.name for arm in one.arms)) for one in found]  # fmt: skip
    table(session, ("id", "experiment", "status", "metric", "arm"), rows)


@group.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    arms: Annotated[str, typer.Option("--arms", metavar="ARM[=WEIGHT],…", help="Two or more; the first is control.")],
    metric: Annotated[str, typer.Option("--metric", metavar="EVENT", help="A goal, touchpoint or event name.")],
    fields: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="A field; a value that is JSON is read as such. Repeat."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make one, as a draft."""
    session = session_of(context)
    listed = [{"name": arm, "weight": weight} for arm, weight in options.weights(arms).items()]
    asked = {"name": name, "arms": listed, "metric": {"event": metric}, **_fields(fields)}
    _said(context, session.workspace.experiments.create(asked), as_json)


@group.command("set")
def change(
    context: typer.Context,
    experiment: Which,
    fields: Annotated[
        list[str], typer.Option("--set", metavar="FIELD=VALUE", help="A value that is JSON is read as such. Repeat.")
    ],
    revision: Annotated[
        int | None, typer.Option("--revision", min=1, help="The one that was seen; refused if there is a newer one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Change fields; after the start that is kept and shown beside every result."""
    experiments = session_of(context).workspace.experiments
    seen = revision or experiments.get(experiment).revision
    _said(context, experiments.change(experiment, {**_fields(fields), "revision": seen}), as_json)


@group.command()
def start(context: typer.Context, experiment: Which, as_json: AsJson = False) -> None:
    """Begin to assign people."""
    _said(context, session_of(context).workspace.experiments.start(experiment), as_json)


@group.command()
def stop(context: typer.Context, experiment: Which, as_json: AsJson = False) -> None:
    """End it."""
    _said(context, session_of(context).workspace.experiments.stop(experiment), as_json)


@group.command()
def assign(
    context: typer.Context,
    experiment: Which,
    people: Annotated[list[str], typer.Argument(metavar="PERSON…", help="Identifiers.", show_default=False)],
    record: Annotated[
        bool, typer.Option("--record/--no-record", help="Whether they see their arm now: an event of each.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Say which arm people are in, and record that they see it."""
    session = session_of(context)
    found = session.workspace.experiments.assign(experiment, people, record=record)
    if as_json:
        print_json({"assignments": [one.model_dump(mode="json") for one in found]})
        return
    for one in found:
        line(f"{one.person}: {one.arm or session.text(f'experiment.outside.{one.reason}')}")


@group.command()
def result(context: typer.Context, experiment: Which, as_json: AsJson = False) -> None:
    """Say what came of one."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.experiments.result(experiment, session.language)
    if as_json:
        print_json(found)
        return
    told(session, found.analysis, found.money_told)
    if found.value_refused is not None:
        line(session.text("experiment.value_refused", kpi=found.experiment.value_kpi))
    if found.waiting:
        line(session.text("experiment.waiting", n=found.waiting))
    for changed in found.experiment.changes:
        line(session.text("experiment.changed", field=changed.field, before=json.dumps(changed.before),
                          after=json.dumps(changed.after), day=changed.at.date().isoformat()))  # fmt: skip


def _said(context: typer.Context, one: Any, as_json: bool) -> None:
    session = session_of(context)
    if as_json:
        print_json(one)
    else:
        status = session.text(f"experiment.status.{one.status}")
        line(session.text("experiment.told", name=one.name, id=one.id, status=status))


def _fields(given: list[str] | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for text in given or ():
        name, _, value = text.partition("=")
        try:
            found[name.strip()] = json.loads(value)
        except ValueError:
            found[name.strip()] = value
    return found
