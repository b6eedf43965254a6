"""A map from TheyDo's import files: metrics, insights, opportunities and solutions, alone or together in an archive.

They name no journey: tags of the groups stage and step place a card, all others stand in one step. An insight is a pain
point if it says so or its empathy score is below 0, else a thought. The empathy scores of a step, -2..+2, become one
point of emotion set by hand, their mean by weight: they are judgements, and no measurement.
"""

from typing import Any, Final

from desireline.errors import MapUnreadable
from desireline.maps import prose
from desireline.maps.into import theydo_figures
from desireline.maps.into.build import MapBuilder
from desireline.maps.into.json import document
from desireline.maps.into.reading import Read
from desireline.maps.into.yaml_folder import unpacked
from desireline.maps.lane_names import guessed
from desireline.maps.out.theydo import PLACE
from desireline.maps.slug import slug
from desireline.model.journey_map import LaneKind

FORM: Final = "theydo"
_LISTS: Final = {f"THEYDO_{name.upper()}_V1": name for name in ("metrics", "insights", "opportunities", "solutions")}
RESPONSES: Final = ("THEYDO_SURVEY_RESPONSES_V1", "THEYDO_FEEDBACK_RESPONSES_V1")
_STAGE: Final = {"stage", "phase", "etap", "faza"}
_STEP: Final = {"step", "krok", "korak", "touchpoint"}

Json = dict[str, Any]


def is_theydo(values: object) -> bool:
    """Whether a JSON document says that it is one of TheyDo's."""
    return isinstance(values, dict) and str(values.get("format", "")).startswith("THEYDO_")


def read(file: str, data: bytes, name: str) -> Read:
    """The map of one file or of all in an archive.

    Raises:
        MapUnreadable: damaged; none of the formats; only answers of people, which are events and no map.
    """
    builder = MapBuilder(file, FORM, name)
    documents = _documents(file, data)
    _Import(builder, documents).all()
    return builder.read()


def _documents(file: str, data: bytes) -> list[Json]:
    parts = unpacked(file, data, FORM, (".json",)) if data.startswith(b"PK") else {file: data}
    found = [document(name, part, FORM) for name, part in sorted(parts.items())]
    documents = [values for values in found if isinstance(values, dict) and is_theydo(values)]
    documents.sort(
        key=lambda values: list(_LISTS).index(values["format"]) if values["format"] in _LISTS else len(_LISTS)
    )
    if not documents:
        raise MapUnreadable(file, FORM, "not_a_map", "THEYDO_…_V1")
    if all(values["format"] in RESPONSES for values in documents):
        raise MapUnreadable(file, FORM, "responses", documents[0]["format"])
    return documents


class _Import:
    """Places the things of all documents on one map."""

    def __init__(self, builder: MapBuilder, documents: list[Json]) -> None:
        self.builder = builder
        self.documents = documents
        self.placed: list[tuple[str, str, LaneKind, Json]] = []
        self.feelings: dict[tuple[str, str], list[tuple[float, float]]] = {}

    def all(self) -> None:
        """Reads everything, then draws stages and steps in the order in which they were first named.

        What is of a stage and of no step stands in the stage's first step.
        """
        for values in self.documents:
            listed = _LISTS.get(values["format"])
            self.builder.note("responses", int(values["format"] in RESPONSES))
            self.builder.note("unknown_parts", int(listed is None and values["format"] not in RESPONSES))
            for thing in _listed(values, listed) if listed else ():
                if not isinstance(thing, dict) or not str(thing.get("title") or "").strip():
                    self.builder.note("unknown_parts")
                elif listed == "metrics":
                    self._metric(thing)
                else:
                    self._thing(listed or "", thing)
        self._draw()

    def _draw(self) -> None:
        places: dict[str, dict[str, str]] = {}
        for stage, step, _, _ in self.placed:
            places.setdefault(stage, {}).setdefault(step, "")
        for stage, steps in places.items():
            self.builder.stage(stage)
            named = [step for step in steps if step] or [""]
            ids = {step: self.builder.step(step) for step in named}
            steps |= {step: ids.get(step, ids[named[0]]) for step in steps}
        for stage, step, kind, fields in self.placed:
            self.builder.card(self.builder.lane(kind), places[stage][step], **fields)
        for (stage, step), scored in self.feelings.items():
            weight = sum(w for _, w in scored)
            mean = sum(s * w for s, w in scored) / weight if weight else 0.0
            self.builder.card(self.builder.lane("emotion"), places[stage][step], value=round(mean, 6))

    def _metric(self, thing: Json) -> None:
        found = theydo_figures.latest(thing)
        if found is None:
            self.builder.note("metrics_without_data")
            return
        self.builder.note("metrics_latest", int(found.older))
        stage, _, step = str(thing.get("description") or "").partition(PLACE)
        placed = len(stage) <= 200 and "\n" not in stage
        fields = {"text": str(thing["title"]), "value": found.value, "unit": found.unit[:40] or None}
        self.placed.append((stage if placed else "", step if placed else "", "metrics", fields))

    def _thing(self, listed: str, thing: Json) -> None:
        stage, step = _where(thing)
        kind: LaneKind = "opportunities"
        score = thing.get("empathyScore")
        if listed == "insights":
            said = guessed(str(thing.get("type") or ""))
            below = isinstance(score, int | float) and score < 0
            kind = "pain_points" if said == "pain_points" or (said != "thoughts" and below) else "thoughts"
        if isinstance(score, int | float):
            weight = thing.get("weight")
            self.builder.note("empathy")
            told = (max(-2.0, min(2.0, float(score))), float(weight) if isinstance(weight, int | float) else 1.0)
            self.feelings.setdefault((stage, step), []).append(told)
        links = [link for link in thing.get("externalLinks") or [] if str(link).startswith(("http://", "https://"))]
        fields = {"text": _words(thing), "tags": _tags(thing), "url": links[0] if links else None}
        self.placed.append((stage, step, kind, {k: v for k, v in fields.items() if v}))


def _listed(values: Json, name: str) -> list[Any]:
    found = values.get(name)
    return found if isinstance(found, list) else []


def _words(thing: Json) -> str:
    """The description where it says the title too, as ours does; else both."""
    title, told = str(thing["title"]).strip(), str(thing.get("description") or "").strip()
    if not told:
        return title
    return told if prose.plain(told).startswith(prose.plain(title)) else f"**{prose.escaped(title)}**\n\n{told}"


def _where(thing: Json) -> tuple[str, str]:
    stage = step = ""
    for group in thing.get("groupTags") or []:
        if isinstance(group, dict):
            what, name = slug(str(group.get("tagGroup", ""))), str(group.get("tag", ""))
            stage = name if what in _STAGE else stage
            step = name if what in _STEP else step
    return stage, step


def _tags(thing: Json) -> list[str]:
    """Own tags, then those of groups that do not place it, status and priority."""
    groups = [g for g in thing.get("groupTags") or [] if isinstance(g, dict)]
    told = [*(thing.get("tags") or []), *(thing.get("groups") or [])]
    told += [g.get("tag") for g in groups if slug(str(g.get("tagGroup", ""))) not in _STAGE | _STEP]
    told += [thing.get("status"), thing.get("priority")]
    clean = [" ".join(str(tag).split())[:60] for tag in told if tag]
    return list(dict.fromkeys(tag for tag in clean if tag))[:50]
