"""The simulated demo's loop: figures to steer by, what is asked and promised, a plan with a bet, and its proof.

What was done to the simulated people (two experiments and a roll-out by region) is judged like anybody's data; nothing
here knows how it will come out.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from desireline.i18n import LANGUAGES, translate
from desireline.model.experiment import EXPOSURE
from desireline.model.mapping import Mapping, PersonColumn, TextSource, TimeMapping
from desireline.service.actions.days import local_day
from desireline.service.workspace import Workspace

ASSIGNMENTS: Final = "simulated assignments"

_EXPOSURES: Final = Mapping(
    person=[PersonColumn(column="person_id")],
    time=TimeMapping(column="time"),
    event=TextSource(constant=EXPOSURE),
    properties=["experiment", "arm"],
)
_SHOWN: Final = {"by": "week", "since": "2026-02-02", "until": "2026-04-26"}
"""The last weeks in which simulated people still begin."""

_KPIS: Final[dict[str, dict[str, Any]]] = {
    "conversion": {
        "kind": "conversion", "source": {"start": ["Basket"], "goal": ["Order"], "within": "7d"},
        "target": {"value": 0.25, "by": "2026-12-31"}, "dimensions": ["channel"],
        "place": {"touchpoint": "Basket", "stage": "purchase"},
    },
    "satisfaction": {
        "kind": "csat", "source": {"scale": "csat_5"}, "target": {"value": 0.45}, "place": {"stage": "post-purchase"},
    },
    "repeat_contact": {
        "kind": "repeat_contact", "source": {"touchpoints": ["Call centre", "Live chat"], "within": "7d"},
        "target": {"value": 0.2}, "place": {"touchpoint": "Call centre"},
    },
    "order_value": {"kind": "aov", "source": {"touchpoints": ["Order"]}, "currency": "EUR"},
    "time_to_order": {"kind": "time_to_value", "source": {"start": ["Home page"], "goal": ["Order"], "within": "60d"}},
    "digital": {"kind": "digital_adoption", "source": {"channels": ["web", "app"]}, "dimensions": ["trait.language"]},
}  # fmt: skip
_TILES: Final = {"conversion": "target", "repeat_contact": "target", "satisfaction": "target"}


class Loop:
    """Fills a workspace with what is steered, planned and proved.

    Args:
        workspace: a built one with the simulation's definition and map.
        language: of all names that are given.
    """

    def __init__(self, workspace: Workspace, language: str) -> None:
        self._ws = workspace
        self._language = language

    def close(self, map_id: str) -> None:
        """All of it, in the order in which a team would."""
        kpis = self._steer()
        board = self._arrange(kpis)
        self._promise()
        self._ask()
        self._plan(map_id, self._prove(), kpis["conversion"])
        self._report(map_id, board)

    def _say(self, key: str, **fields: object) -> str:
        return translate(self._language, f"demo.simulated.{key}", **fields)

    def _steer(self) -> dict[str, str]:
        """KPIs under a goal; their ids."""
        goal = self._ws.goals.create({"name": self._say("goal_name")})
        made = {}
        for key, fields in _KPIS.items():
            source = {"origin": "events", **fields["source"]}
            asked = {**fields, "name": self._say(f"kpi.{key}"), "description": self._say("label"), "source": source}
            made[key] = self._ws.kpis.create({**asked, "serves": goal.id}).id
        self._ws.annotations.create({"name": self._say("outage"), "kind": "release", "day": "2026-02-28"})
        return made

    def _arrange(self, kpis: dict[str, str]) -> str:
        """A dashboard of them; its id."""
        tiles = [
            {
                "id": key.replace("_", "-"), "kpi": one, "column": at % 3 * 4, "row": at // 3 * 2, "width": 4,
                "against": _TILES.get(key, "previous"),
            }
            for at, (key, one) in enumerate(kpis.items())
        ]  # fmt: skip
        return self._ws.dashboards.create({"name": self._say("dashboard"), "tiles": tiles, "window": _SHOWN}).id

    def _promise(self) -> None:
        for key, touchpoint, channel in (("page", "Product page", "web"), ("mail", "Order confirmation", "email")):
            told = {"touchpoint": touchpoint, "channel": channel, "language": self._language}
            self._ws.promises.create({**told, "offer": self._say("offer"), "text": self._say(f"message.{key}")})

    def _ask(self) -> None:
        questions = [
            {"id": "recommend", "kind": "nps", "text": self._everywhere("ask.recommend"), "required": True},
            {"id": "why", "kind": "text", "text": self._everywhere("ask.why")},
        ]
        asked = {"name": self._say("form"), "touchpoint": "Parcel delivered", "questions": questions}
        self._ws.forms.create({**asked, "title": self._everywhere("ask.title")})

    def _everywhere(self, key: str) -> dict[str, str]:
        return {known: translate(known, f"demo.simulated.{key}") for known in LANGUAGES}

    def _prove(self) -> str:
        """Both experiments and the roll-out; the id of the experiment that the plan bets on."""
        arms = [{"name": "control"}, {"name": "treatment"}]
        form = self._ws.experiments.create({
            "name": "short form", "arms": arms, "metric": {"event": "Order"}, "window_days": 30,
            "hypothesis": self._say("hypothesis"), "segments": ["language"],
            "guardrails": [{"event": "Call centre", "direction": "down"}],
        })  # fmt: skip
        banner = {"name": "new banner", "arms": arms, "metric": {"event": "Order"}, "window_days": 30}
        for one in (form, self._ws.experiments.create(banner)):
            self._ws.experiments.start(one.id)
        starts = {"north": "2025-11-10", "south": "2025-11-30", "east": "2025-12-20", "west": "2026-01-09"}
        by_region = {"by": "property.region", "starts": {**starts, "centre": None}}
        kept = self._ws.before_after.create({"name": self._say("rollout"), "of": "Order", "roll_out": by_region})
        self._ws.before_after.measure(kept.id)
        return form.id

    def _plan(self, map_id: str, experiment: str, kpi: str) -> None:
        """An action in each column: an idea, one that is bet on, and one that was measured."""
        today, where = local_day(self._ws, dt.datetime.now(dt.UTC)), {"map": map_id, "step": "step-purchase"}
        bet = {"kpi": kpi, "of": "Order", "measure": "conversion", "expected": {"value": 0.02}}
        create = self._ws.actions.create
        create({"name": self._say("action.idea"), "places": [where]})
        due = {"start": today + dt.timedelta(14), "due": today + dt.timedelta(45), "cost": 4000}
        checks = [{"text": self._say(f"check.{key}")} for key in ("texts", "test")]
        create({
            "name": self._say("action.planned"), "status": "planned", "places": [where], "checklist": checks, **due,
            "bet": {**bet, "evaluate": today + dt.timedelta(140)},
        })  # fmt: skip
        done = create({
            "name": self._say("action.done"), "places": [where], "status": "planned",
            "bet": {"experiment": experiment, "expected": {"value": 0.03}, "evaluate": today + dt.timedelta(1)},
        })  # fmt: skip
        self._ws.actions.start(done.id)
        self._ws.actions.finish(done.id)
        self._ws.actions.verdict(done.id)

    def _report(self, map_id: str, board: str) -> None:
        parts = [
            {"part": "map", "map": map_id}, {"part": "dashboard", "dashboard": board}, {"part": "obstacles"},
            {"part": "verdicts"},
        ]  # fmt: skip
        self._ws.reports.create({"name": self._say("report"), "parts": parts, "language": self._language})


def exposures(workspace: Workspace, folder: Path, tick: Callable[[int], None]) -> None:
    """Imports who came into which arm of the experiments, as a tool that assigns would have recorded it."""
    file = folder / "assignments.parquet"
    workspace.import_files([file], ASSIGNMENTS, mapping=_EXPOSURES, progress=tick, build=False)
