"""The flow from, to or around a touchpoint: what units do next (or did before), layer by layer, for a flow picture."""

import json
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from desireline.analyze.scope import I32, I64, Scope, about, index_of
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.question import Asked, Cut, Result

OTHER, END, START = "@other", "@end", "@start"
DEPTHS, WIDTHS = (2, 20), (1, 50)


class PathsRequest(Asked):
    """Layers around a unit's first `anchor` event.

    `depth`: layers on each side asked for, the anchor's included. `max_nodes_per_layer`: names kept in a layer;
    the rest are one node, `@other`. `collapse`: repeats in a row count as one.
    """

    anchor: str
    direction: Literal["from", "to", "around"] = "from"
    depth: int = 5
    max_nodes_per_layer: int = 8
    collapse: bool = False


class PathNode(BaseModel):
    """Units at one place; `layer` is its place in `PathsResult.layers`.

    `name` is `@other` for names beyond the limit, `@end` for units whose sequence is over, `@start` (before the
    anchor) for units whose sequence has not begun.
    """

    layer: int
    name: str
    people: int


class PathLink(BaseModel):
    """Units that go from a node of `layer` to a node of the next one."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    layer: int
    from_: str = Field(alias="from")
    to: str
    people: int


class PathsResult(Result):
    """Layers in order of time; each sums to `people_entered`, and so do the links between each two.

    Cells: `node:[L, "NAME"]` and `link:[L, "FROM", "TO"]`, the part after the colon as JSON.
    """

    table: ClassVar = "links"

    layers: list[list[PathNode]]
    links: list[PathLink]
    anchor_layer: int
    people_entered: int


@dataclass(frozen=True, eq=False)
class _Flow:
    """Walks whose labels became nodes: names[layer][node], node[layer, label + 1], people[layer, node]."""

    unit: I64
    steps: I32
    node: I32
    names: list[list[str]]
    people: I64
    anchor_layer: int
    cut: list[Cut]

    @property
    def width(self) -> int:
        return int(self.people.shape[1])

    def find(self, layer: int, name: str) -> int:
        """The number of a node; -1 if there is none."""
        known = self.names[layer] if 0 <= layer < len(self.names) else []
        return known.index(name) if name in known else -1

    def at(self, layer: int) -> I32:
        """The node of each walk in a layer."""
        nodes: I32 = self.node[layer][self.steps[:, layer] + 1]
        return nodes


def answer(scope: Scope, request: PathsRequest) -> PathsResult:
    """Count the units at each place and between places.

    Raises:
        BadQuestion: depth or width out of range.
        UnknownStep: no such anchor.
    """
    from desireline.kernels.paths import link_counts

    flow = _flow(scope, request)
    layers = [
        [PathNode(layer=k, name=name, people=int(flow.people[k, i])) for i, name in enumerate(names)]
        for k, names in enumerate(flow.names)
    ]
    counts = link_counts(flow.steps, flow.node, flow.width)
    links = [
        {"layer": k, "from": flow.names[k][a], "to": flow.names[k + 1][b], "people": n}
        for k, a, b, n in sorted(_cells(counts), key=lambda cell: (cell[0], -cell[3]))
    ]
    fields = about(scope, request, "paths", scope.labels(request), flow.cut)
    own = {"anchor_layer": flow.anchor_layer, "people_entered": len(flow.unit), "layers": layers, "links": links}
    return PathsResult.model_validate({**fields, **own})


def members(scope: Scope, request: PathsRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    kind, _, text = cell.partition(":")
    try:
        match kind, json.loads(text):
            case "node", [int(layer), str(name)]:
                wanted = [(layer, name)]
            case "link", [int(layer), str(before), str(after)]:
                wanted = [(layer, before), (layer + 1, after)]
            case _:
                raise BadDrilldown(given=cell[:40])
    except json.JSONDecodeError:
        raise BadDrilldown(given=cell[:40]) from None
    flow = _flow(scope, request)
    found = np.ones(len(flow.unit), np.bool_)
    for layer, name in wanted:
        node = flow.find(layer, name)
        if node < 0:
            raise BadDrilldown(given=cell[:40])
        found &= flow.at(layer) == node
    return flow.unit[found]


def _flow(scope: Scope, request: PathsRequest) -> _Flow:
    from desireline.kernels.paths import node_counts, walks

    for parameter, given, (least, most) in (
        ("depth", request.depth, DEPTHS),
        ("max_nodes_per_layer", request.max_nodes_per_layer, WIDTHS),
    ):
        if not least <= given <= most:
            raise BadQuestion(parameter=parameter, given=str(given), expected=f"{least}–{most}")
    labels = scope.labels(request)
    back = 0 if request.direction == "from" else request.depth - 1
    ahead = 0 if request.direction == "to" else request.depth - 1
    found = walks(
        scope.offsets, scope.code, labels.table, index_of(labels, request.anchor), back, ahead,
        collapse=request.collapse,
    )  # fmt: skip
    counts = node_counts(found.steps, len(labels.names))
    node = np.empty(counts.shape, np.int32)
    people = np.zeros((len(counts), request.max_nodes_per_layer + 2), np.int64)
    names, cut = [], []
    for layer, by_label in enumerate(counts):
        kept = _kept(by_label[1:], labels.names, request.max_nodes_per_layer)
        happen = int(np.count_nonzero(by_label[1:]))
        listed = [labels.names[k] for k in kept]
        node[layer] = len(listed)
        node[layer, 1 + np.array(kept, np.int64)] = np.arange(len(kept))
        if len(kept) < happen:
            listed.append(OTHER)
            cut.append(Cut(what=f"layer:{layer}", kept=len(kept), total=happen))
        if by_label[0]:
            node[layer, 0] = len(listed)
            listed.append(START if layer < back else END)
        np.add.at(people[layer], node[layer][by_label > 0], by_label[by_label > 0])
        names.append(listed)
    return _Flow(found.unit, found.steps, node, names, people, back, cut)


def _cells(counts: I64) -> list[tuple[int, int, int, int]]:
    """Indices and numbers of the cells that are not empty."""
    layer, before, after = np.nonzero(counts)
    numbers = counts[layer, before, after].tolist()
    return list(zip(layer.tolist(), before.tolist(), after.tolist(), numbers, strict=True))


def _kept(people: I64, names: list[str], most: int) -> list[int]:
    """Labels that have a node of their own: those of the most people, equal ones by name."""
    happen = [int(k) for k in np.flatnonzero(people)]
    return sorted(happen, key=lambda k: (-people[k], names[k]))[:most]
