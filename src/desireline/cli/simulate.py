"""The command that invents customers and writes what they did, with the truth beside it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, whole
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.simulate import Simulation

People = Annotated[int, typer.Option("--people", min=1, max=10_000_000, help="How many.", show_default=False)]
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same bytes.")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to write; it is made.", show_default=False)]
Difficult = Annotated[
    Literal["easy", "medium", "hard"], typer.Option("--difficulty", help="Sizes of effects and of noise.")
]
Planted = Annotated[
    Literal["planted", "none"], typer.Option("--effects", help="none: nothing has an effect; confounding stays.")
]


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command("simulate")(simulate)


def simulate(
    context: typer.Context,
    *,
    people: People,
    seed: Seed = 0,
    out: Out,
    difficulty: Difficult = "medium",
    effects: Planted = "planted",
    as_json: AsJson = False,
) -> None:
    """Invent customers of a shop that does not exist, and write their events and everything that is true of them."""
    from desireline.simulate import simulate as run

    session = session_of(context)
    with waiting(session, "simulate"):
        made = run(people, seed, difficulty=difficulty, effects=effects)
        files = _written(made, out)
    if as_json:
        told = {"simulated": True, "folder": str(out.resolve()), "files": [file.name for file in files]}
        print_json({**told, "goal": made.truth["goal"], "people": people, "events": made.events.num_rows})
        return
    events = whole(session, made.events.num_rows)
    line(session.text("simulate.done", n=people, events=events, folder=str(out.resolve())))
    line(session.text("simulate.next", file=str(out / "events.parquet")))


def _written(made: "Simulation", out: Path) -> list[Path]:
    from desireline.errors import CannotOpen

    try:
        return made.write(out)
    except OSError as error:
        raise CannotOpen(path=str(error.filename or out), why=error.strerror or type(error).__name__) from None
