"""The simulated demo: an omnichannel retailer that does not exist, said to be simulated wherever it shows.

The events carry scores and texts, so that emotion on the map is measured. Where a main definition exists already, that
of the simulation is kept under its own name.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desireline.i18n import LANGUAGES, translate
from desireline.model.definition import MAIN
from desireline.model.journey_map import Goal
from desireline.model.map_history import NewMap
from desireline.model.mapping import Mapping, PersonColumn, TextSource, TimeMapping
from desireline.model.saved import SavedQuestion
from desireline.service.demo import DemoSummary, Progress, Steps
from desireline.service.demo_loop import Loop, exposures
from desireline.service.findings import findings
from desireline.service.workspace import Workspace

if TYPE_CHECKING:
    from desireline.simulate import Simulation

SOURCE: Final = "simulated shop"
CUSTOMERS: Final = "simulated customer list"
OWN_NAME: Final = "simulated"
PEOPLE: Final = 8000
SEED: Final = 2026

_TRAITS: Final = Mapping(
    kind="traits",
    person=[PersonColumn(column="person_id")],
    time=TimeMapping(),
    event=TextSource(constant="Customer list"),
    event_id="person_id",
)


def run(
    workspace: Workspace, progress: Progress | None = None, *, language: str = "en", people: int = PEOPLE
) -> DemoSummary:
    """Simulate, import, define, draw; what is there already is kept.

    Args:
        workspace: where to.
        progress: told of steps and rows.
        language: of the names that are given to the map, segments and question.
        people: how many are simulated.
    """
    from desireline.simulate import simulate

    step = Steps(progress)
    names = {translate(known, "demo.simulated.map") for known in LANGUAGES}
    if names.isdisjoint(m.name for m in workspace.maps.all()):
        with step("simulate"):
            made = simulate(people, SEED)
        with step("import") as tick, workspace.places.staging() as folder:
            _bring(workspace, made, folder, tick)
        with step("build"):
            workspace.build()
        with step("define"):
            name = _define(workspace, made)
            _keep(workspace, language)
        with step("draw"):
            drawn = _draw(workspace, made.truth["goal"], name, language)
        with step("steer"):
            Loop(workspace, language).close(drawn)
    with step("findings"):
        found = findings(workspace)
    return DemoSummary(seconds=step.seconds, findings=found)


def _bring(workspace: Workspace, made: "Simulation", folder: Path, tick: Callable[[int], None]) -> None:
    """Imports the events, and of the customers what a shop would know of them."""
    import pyarrow.parquet as pq

    made.write(folder)
    exposures(workspace, folder, tick)
    workspace.import_files([folder / "events.parquet"], SOURCE, preset="generic", progress=tick, build=False)
    known = made.people.filter(made.people["language"].is_valid()).select(["person_id", "language", "value_class"])
    pq.write_table(known, folder / "customers.parquet")
    workspace.import_files([folder / "customers.parquet"], CUSTOMERS, mapping=_TRAITS, build=False)


def _define(workspace: Workspace, made: "Simulation") -> str:
    """Saves the definition; the name that it got."""
    name = MAIN if workspace.definition_or_none() is None else OWN_NAME
    return workspace.save_definition(made.definition.model_copy(update={"name": name})).name


def _keep(workspace: Workspace, language: str) -> None:
    """Two segments and a question to begin with."""
    ordered, contacted = (translate(language, f"demo.simulated.{key}") for key in ("ordered", "contacted"))
    workspace.save_segment({"name": ordered, "where": 'did "Order"'})
    asked = " or ".join(f'did "{name}" before "Order"' for name in ("Call centre", "Live chat", "Support e-mail"))
    workspace.save_segment({"name": contacted, "where": asked})
    fields = {"steps": ["Product page", "Basket", "Delivery choice", "Order"], "within": "30d"}
    name = translate(language, "demo.simulated.funnel")
    workspace.save_question(SavedQuestion(name=name, question="funnel", fields=fields, on_overview=True))


def _draw(workspace: Workspace, goal: str, definition: str, language: str) -> str:
    """Draws the map; its id."""
    name = translate(language, "demo.simulated.map")
    of = None if definition == MAIN else definition
    asked = {"name": name, "from_data": True, "goal": goal, "definition": of, "language": language}
    drawn = workspace.maps.new(NewMap.model_validate(asked))
    told = Goal(text=translate(language, "demo.simulated.goal"), start="", end=goal, goal=goal)
    changed = {"goal": told.model_dump(), "tags": [translate(language, "demo.simulated.tag")]}
    workspace.maps.apply(drawn.id, [{"do": "map.set", "set": changed}])
    return drawn.id
