"""Which channels the credit for a goal goes to."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, amount, line, print_json, share, span, table, whole
from desireline.cli.questions.answering import ask
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.analyze.attribution import AttributionResult
    from desireline.analyze.crediting import Model

Goal = Annotated[
    str | None, typer.Option("--goal", metavar="NAME", help="A goal, touchpoint or event name; not with --paths.")
]
Table = Annotated[
    Path | None, typer.Option("--paths", metavar="FILE", help="A table path;total_conversions;total_null instead.")
]
Models = Annotated[
    list[str] | None, typer.Option("--model", metavar="first|…|markov|shapley", help="Only this model; repeat.")
]
Credit = Annotated[
    Literal["conversions", "value"], typer.Option("--credit", help="Share out conversions, or their value.")
]
Within = Annotated[str | None, typer.Option("--within", metavar="30d", help="Only touches so long before the goal.")]
Order = Annotated[int, typer.Option("--order", min=1, max=3, help="Touches that the Markov chain remembers.")]
Touch = Annotated[
    Literal["channel", "touchpoint", "source"] | None,
    typer.Option("--touch", help="What touches are named for; channels if not given."),
]
Direct = Annotated[
    list[str] | None, typer.Option("--direct", metavar="NAME", help="Passed over by last_non_direct; repeat.")
]


def attribution(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    goal: Goal = None,
    paths: Table = None,
    model: Models = None,
    credit: Credit = "conversions",
    within: Within = None,
    half_life: Annotated[str, typer.Option("--half-life", metavar="7d", help="Of time decay.")] = "7d",
    order: Order = 1,
    touch: Touch = None,
    direct: Direct = None,
    intervals: Annotated[bool, typer.Option("--intervals/--no-intervals", help="95% intervals by person.")] = True,
    as_json: AsJson = False,
) -> None:
    """Which channels the credit for a goal goes to, by several models."""
    session = session_of(context)
    how: dict[str, Any] = {"models": model, "credit": credit, "half_life": half_life, "order": order,
                           "intervals": intervals, **({"direct": direct} if direct else {})}  # fmt: skip
    if paths is not None:
        _only_the_table(context, asked, {"goal": goal, "within": within, "touch": touch})
        result: AttributionResult = _of_paths(paths, as_json, how)
    elif goal is None:
        raise typer.BadParameter("give --goal NAME, or --paths FILE", ctx=context)
    else:
        result = ask(
            session, "attribution", as_json, goal=goal, within=within, touch=touch or "channel", **how, **asked
        )  # fmt: skip
    if not as_json:
        _print(session, result)


def _of_paths(file: Path, as_json: bool, how: dict[str, Any]) -> "AttributionResult":
    from desireline.service.path_tables import attribution_of_paths

    result = attribution_of_paths(file, how)
    if as_json:
        print_json(result)
    return result


def _only_the_table(context: typer.Context, asked: dict[str, Any], own: dict[str, Any]) -> None:
    """What asks about events makes no sense for a table of paths.

    Raises:
        BadParameter: such an option was given.
    """
    given = {**asked, **asked["filters"], **own, "filters": None, "grain": asked["grain"] != "person"}
    if wrong := [f"--{name.replace('_', '-')}" for name, value in given.items() if value]:
        raise typer.BadParameter(f"--paths answers from the table alone; leave out {', '.join(wrong)}", ctx=context)


def _print(session: Session, result: "AttributionResult") -> None:
    line(session.text("attribution.heading"))
    line(session.text("attribution.caution"))
    models = list(result.models)
    if len(models) == 1:
        _one_model(session, result, models[0])
    else:
        rows = (
            (row.channel, *(amount(session, getattr(row, m)) for m in models), share(session, row.removal_effect))
            for row in result.rows
        )
        table(session, ("touch", *(f"model_{m}" for m in models), "removal_effect"), rows)
    line(session.text("attribution.conversions", n=result.conversions))
    if result.value is not None:
        line(session.text("attribution.value", value=amount(session, result.value)))
    line(session.text("attribution.unattributed", n=result.unattributed))
    line(session.text("attribution.nulls", n=result.nulls))
    if result.within_seconds is not None:
        line(session.text("attribution.within", span=span(session, result.within_seconds)))
    if result.goal is not None:
        about(session, result)


def _one_model(session: Session, result: "AttributionResult", model: "Model") -> None:
    credits_ = result.models[model]
    ends = result.intervals.get(model, {})
    total, by_person = sum(credits_.values()), result.goal is not None
    rows = (
        (row.channel, *([whole(session, row.people)] if by_person else []), amount(session, credits_[row.channel]),
         share(session, credits_[row.channel] / total if total else None),
         _ends(session, ends.get(row.channel), total), share(session, row.removal_effect))
        for row in result.rows
    )  # fmt: skip
    table(
        session,
        ("touch", *(["people"] if by_person else []), f"model_{model}", "share", "interval", "removal_effect"),
        rows,
    )


def _ends(session: Session, ends: tuple[float, float] | None, total: float) -> str | None:
    return None if ends is None else " – ".join(str(share(session, end / total)) for end in ends)
