"""Hypothesis strategies: any map that a file can hold, and maps of plain words that every text format can hold."""

from typing import Any

from hypothesis import strategies as st

from desireline.model.journey_map import LANE_KINDS, LIBRARY_OF, JourneyMap, MapFile
from desireline.model.measured import Sheet

Json = dict[str, Any]

LETTERS = "abcmnxyząćęłžšđčABCŁŽ"
words = st.lists(st.text(LETTERS, min_size=1, max_size=5), min_size=1, max_size=3).map(" ".join)
"""One to three words, no digits, no signs."""

anything = st.text(max_size=20)
names = st.text(max_size=8)
named = st.text(min_size=1, max_size=8)
paragraphs = st.lists(st.one_of(words, words.map("- {}".format)), min_size=1, max_size=3).map("\n".join)
"""One to three lines, some of them with a bullet."""

urls = st.sampled_from(["https://example.org/a", "http://example.org/ź?a=1&b=(2)"])
cents = st.integers(-200, 200).map(lambda n: n / 100)


@st.composite
def readable_cards(draw: st.DrawFn, kind: str, items: list[str]) -> Json:
    """A card of words that text formats can write in the notation of its lane."""
    card: Json = {"star": draw(st.booleans())}
    match kind:
        case "touchpoints" | "systems" | "departments":
            card |= {"ref": draw(st.sampled_from(items)), "text": draw(st.one_of(st.just(""), words))}
        case "emotion":
            card |= {"value": draw(cents), "text": draw(st.one_of(st.just(""), words))}
        case "metrics":
            unit = draw(st.one_of(st.none(), st.just("%"), words))
            card |= {"value": draw(st.integers(-(10**6), 10**6)) / 8, "unit": unit, "text": draw(words)}
        case "hand_offs":
            ends = {"from": draw(words), "to": draw(words), "asked_twice": draw(st.one_of(st.just(""), words))}
            card |= {"hand_off": ends, "text": draw(st.one_of(st.just(""), words))}
        case _:
            card |= {"text": draw(paragraphs), "url": draw(st.one_of(st.none(), urls))}
    return card


@st.composite
def readable_maps(draw: st.DrawFn) -> Sheet:
    """A map of words: every lane kind but `path` can come, with and without a title of its own or a channel."""
    library: list[Json] = []
    for kind in ("channel", "touchpoint", "system", "department"):
        found = draw(st.lists(words, min_size=1, max_size=3, unique_by=str.casefold))
        library += [{"id": f"{kind}-{k}", "kind": kind, "name": name} for k, name in enumerate(found)]
    channels = [item["id"] for item in library if item["kind"] == "channel"]
    stages: list[Json] = []
    for s in range(draw(st.integers(1, 3))):
        steps = [
            {"id": f"p{s}-{k}", "name": name} for k, name in enumerate(draw(st.lists(words, min_size=1, max_size=3)))
        ]
        stages.append(
            {"id": f"s{s}", "name": draw(words.filter(lambda n: n not in {x["name"] for x in stages})), "steps": steps}
        )
    steps = [step["id"] for stage in stages for step in stage["steps"]]
    lanes, taken = [], set()
    for k in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from([kind for kind in LANE_KINDS if kind != "path"]))
        lane: Json = {"id": f"l{k}", "kind": kind, "title": draw(st.one_of(st.none(), words))}
        if kind == "touchpoints":
            lane["channel"] = draw(st.one_of(st.none(), st.sampled_from(channels)))
        if (kind, lane["title"], lane.get("channel")) in taken:
            continue
        taken.add((kind, lane["title"], lane.get("channel")))
        items = [item["id"] for item in library if item["kind"] == LIBRARY_OF.get(kind)]
        cells = draw(
            st.dictionaries(st.sampled_from(steps), st.lists(readable_cards(kind, items), min_size=1, max_size=3))
        )
        lane["cells"] = {
            step: [{"id": f"c{k}-{step}-{i}", **card} for i, card in enumerate(cells[step])]
            for step in steps
            if step in cells
        }
        lanes.append(lane)
    return Sheet.model_validate(
        {"id": "m", "name": draw(words), "stages": stages, "lanes": lanes, "library": library, "version": 0}
    )


@st.composite
def journey_maps(draw: st.DrawFn) -> MapFile:
    """Any small map: arbitrary texts, every field of the document in turn."""
    stages = [
        {
            "id": f"s{s}", "name": draw(names), "description": draw(anything),
            "measures": draw(st.one_of(st.none(), names)),
            "steps": [
                {"id": f"p{s}.{k}", "name": draw(names), "optional": draw(st.booleans()),
                 "width": draw(st.one_of(st.none(), st.integers(80, 1200)))}
                for k in range(draw(st.integers(1, 2)))
            ],
        }
        for s in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    steps = [step["id"] for stage in stages for step in stage["steps"]]
    lanes = [draw(_lanes(f"l{k}", steps)) for k in range(draw(st.integers(0, 3)))]
    path = [{"id": "way", "name": draw(names), "steps": steps}] if steps and draw(st.booleans()) else []
    return MapFile.model_validate(
        {
            "id": "m1", "name": draw(named), "stages": stages, "lanes": lanes, "paths": path,
            "kind": draw(st.sampled_from(["ideal", "current_assumed"])), "owner": draw(st.one_of(st.none(), names)),
            "review": draw(st.one_of(st.none(), st.dates())), "goal": {"text": draw(anything)},
            "library": [{"id": "t", "kind": "touchpoint", "name": draw(named), "measures": ["x"]}],
            "views": [{"id": "v", "name": draw(names), "hidden": ["l0"], "zoom": 0.5}] if draw(st.booleans()) else [],
        }
    )  # fmt: skip


@st.composite
def _lanes(draw: st.DrawFn, identifier: str, steps: list[str]) -> Json:
    kind = draw(st.sampled_from(LANE_KINDS))
    cells: Json = {}
    for step in draw(st.lists(st.sampled_from(steps), unique=True)) if steps and kind != "path" else []:
        cells[step] = [
            {"id": f"{identifier}.{step}.{i}", "text": draw(anything), "value": draw(st.one_of(st.none(), cents)),
             "star": draw(st.booleans()), "tags": draw(st.lists(st.text(min_size=1, max_size=5), max_size=2)),
             "span": draw(st.integers(1, 3)), "ref": "t" if kind in LIBRARY_OF and draw(st.booleans()) else None,
             "bind": draw(st.one_of(st.none(), st.just({"question": "time", "touchpoint": "t", "days": 7}))),
             "hand_off": {"from": draw(names), "to": "x"} if kind == "hand_offs" else None}
            for i in range(draw(st.integers(1, 2)))
        ]  # fmt: skip
    recipe = {"behaviour": draw(st.booleans()), "scales": {"t": "nps"}} if kind == "emotion" else None
    return {
        "id": identifier,
        "kind": kind,
        "title": draw(st.one_of(st.none(), names)),
        "recipe": recipe,
        "cells": cells,
    }


def sheet_of(document: JourneyMap | MapFile) -> Sheet:
    """The map as exporters take it, nothing measured."""
    return Sheet.model_validate({**document.model_dump(by_alias=True), "version": 0})


def shape(document: JourneyMap) -> Json:
    """What text formats hold of a map, without its ids."""
    library = {item.id: item for item in document.library}  # type: ignore[attr-defined]
    place = {step.id: k for k, step in enumerate(document.steps())}
    return {
        "name": document.name,
        "stages": [(stage.name, [step.name for step in stage.steps]) for stage in document.stages],
        "lanes": [
            (
                lane.kind, lane.title, library[lane.channel].name if lane.channel else None,
                {place[step]: [_card(card, library) for card in cards] for step, cards in lane.cells.items() if cards},
            )
            for lane in document.lanes
        ],
    }  # fmt: skip


def _card(card: Any, library: Json) -> tuple[Any, ...]:
    crossing = card.hand_off.model_dump() if card.hand_off else None
    name = library[card.ref].name.casefold() if card.ref else None
    return name, card.text, card.value, card.unit, card.star, card.url, crossing
