"""The paths from, to, around or between touchpoints: what units do next (or did before), as a flow or a graph."""

import json
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from desireline.analyze.cells import parsed
from desireline.analyze.scope import I64, Bools, Scope, about, index_of
from desireline.errors import BadDrilldown, BadQuestion
from desireline.model.question import Asked, Proportion, Result
from desireline.model.tabular import Cell, rows

if TYPE_CHECKING:
    from desireline.analyze.flow import Flow, Graph

DEPTHS, WIDTHS = (2, 20), (1, 50)
BETWEEN, OTHER = "between", "@other"


class PathsRequest(Asked):
    """Layers around a unit's first `anchor` event.

    `direction`: what comes after it (from), before it (to), both (around), or until the first `to` after it (between).
    `depth`: layers on each side asked for, the anchor's included. `max_nodes_per_layer`: names kept in a layer.
    `min_share`: of those who entered; less common names are not kept. The rest of a layer is one node, `@other`.
    `collapse`: repeats in a row count as one. `form`: layer by layer, or merged over the layers.
    """

    anchor: str
    direction: Literal["from", "to", "around", "between"] = "from"
    to: str | None = None
    depth: int = 5
    max_nodes_per_layer: int = 8
    min_share: float = 0.0
    collapse: bool = False
    form: Literal["flow", "graph"] = "flow"


class PathNode(BaseModel):
    """Units at one place; `layer` is its place in `PathsResult.layers`.

    `name` is `@other` for names beyond the limit, `@end` for units whose sequence is over, `@start` (before the
    anchor) for units whose sequence has not begun. Between two touchpoints, units that arrived stay at the second.
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


class GraphNode(BaseModel):
    """Units that touch a place within the layers, and how often they do."""

    name: str
    people: int
    events: int


class GraphEdge(BaseModel):
    """Units that go from a place to another within the layers, and how often they do."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    from_: str = Field(alias="from")
    to: str
    people: int
    count: int


class PathsResult(Result):
    """Layers in order of time; each sums to `people_entered`, and so do the links between each two.

    As a graph there are nodes and edges instead, the most frequent first: a name that a layer shows is shown wherever
    it comes, and the edges are the links summed, without those of units that wait at `@start`, `@end` or their goal.

    Attributes:
        layers, links: of the flow form.
        nodes, edges: of the graph form.
        anchor_layer: the anchor's place in `layers`.
        people_entered: units with the anchor.
        arrived: between two touchpoints, units that reach the second, be it after the last layer; else None.

    Cells: `node:[L, "NAME"]` and `link:[L, "FROM", "TO"]`; of a graph `vertex:"NAME"` and `edge:["FROM", "TO"]`, the
    part after the colon as JSON; between two touchpoints also `arrived` and `missed`.
    """

    table: ClassVar = "links"

    layers: list[list[PathNode]]
    links: list[PathLink]
    nodes: list[GraphNode]
    edges: list[GraphEdge]
    anchor_layer: int
    people_entered: int
    arrived: int | None

    def to_rows(self) -> list[dict[str, Cell]]:
        """The links of a flow, the edges of a graph."""
        return rows(self.edges or self.links)


def answer(scope: Scope, request: PathsRequest) -> PathsResult:
    """Count the units at each place and between places.

    Raises:
        BadQuestion: depth, width or share out of range; `to` missing or out of place.
        UnknownStep: no such anchor or end.
    """
    flow = _flow(scope, request)
    found: dict[str, Any] = {"layers": [], "links": [], "nodes": [], "edges": []}
    if request.form == "graph":
        graph = _graph(scope, request, flow)
        found |= _merged(graph)
        cut = graph.cut
    else:
        found |= _layered(flow)
        cut = flow.cut
    return PathsResult.model_validate(
        {
            **about(scope, request, "paths", scope.labels(request), cut),
            **found,
            "anchor_layer": flow.back,
            "people_entered": len(flow.walks.unit),
            "arrived": int(flow.walks.arrived.sum()) if request.direction == BETWEEN else None,
        }
    )


def members(scope: Scope, request: PathsRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    flow = _flow(scope, request)
    found: Bools | None = None
    match *parsed(cell), request.form:
        case "node", [int(layer), str(name)], "flow":
            found = _at(flow, (layer, name))
        case "link", [int(layer), str(before), str(after)], "flow":
            found = _at(flow, (layer, before), (layer + 1, after))
        case "vertex", str(name), "graph":
            found = _graph(scope, request, flow).taking(name)
        case "edge", [str(before), str(after)], "graph":
            found = _graph(scope, request, flow).taking(after, before)
        case "arrived", None, _ if request.direction == BETWEEN:
            found = flow.walks.arrived
        case "missed", None, _ if request.direction == BETWEEN:
            found = ~flow.walks.arrived
    if found is None:
        raise BadDrilldown(given=cell[:40])
    return flow.walks.unit[found]


def proportions(result: PathsResult) -> list[Proportion]:
    """Of all who entered those at each place and on each way; not `@other`, which is not the same for two segments."""
    entered, first = result.people_entered, result.anchor_layer
    found = [
        *(("node", [n.layer, n.name], f"{n.layer - first:+d} {n.name}", n.people) for nodes in result.layers
          for n in nodes if n.layer != first),
        *(("link", [x.layer, x.from_, x.to], f"{x.layer - first:+d} {x.from_} → {x.to}", x.people)
          for x in result.links),
        *(("vertex", n.name, n.name, n.people) for n in result.nodes),
        *(("edge", [x.from_, x.to], f"{x.from_} → {x.to}", x.people) for x in result.edges),
    ]  # fmt: skip
    return [
        Proportion(f"{kind}:{json.dumps(place)}", label, people, entered)
        for kind, place, label, people in found
        if OTHER not in (place if isinstance(place, list) else [place])
    ]


def _flow(scope: Scope, request: PathsRequest) -> "Flow":
    from desireline.analyze.flow import Limits, flow_of
    from desireline.kernels.paths import NOTHING, walks

    for parameter, given, (least, most) in (
        ("depth", request.depth, DEPTHS),
        ("max_nodes_per_layer", request.max_nodes_per_layer, WIDTHS),
        ("min_share", request.min_share, (0, 1)),
    ):
        if not least <= given <= most:
            raise BadQuestion(parameter=parameter, given=str(given), expected=f"{least}–{most}")
    if (request.to is None) == (request.direction == BETWEEN):
        expected = "null" if request.to is not None else "touchpoint"
        raise BadQuestion(parameter="to", given=str(request.to)[:100], expected=expected)
    labels = scope.labels(request)
    back = request.depth - 1 if request.direction in ("to", "around") else 0
    ahead = 0 if request.direction == "to" else request.depth - 1
    anchor = index_of(labels, request.anchor)
    until = NOTHING if request.to is None else index_of(labels, request.to)
    found = walks(scope.offsets, scope.code, labels.table, anchor, back, ahead, collapse=request.collapse, until=until)
    limits = Limits(request.max_nodes_per_layer, request.min_share * len(found.unit), until)
    return flow_of(found, back, labels, limits)


def _graph(scope: Scope, request: PathsRequest, flow: "Flow") -> "Graph":
    from desireline.analyze.flow import graph_of

    labels = scope.labels(request)
    return graph_of(flow, labels, -1 if request.to is None else index_of(labels, request.to))


def _layered(flow: "Flow") -> dict[str, Any]:
    from desireline.kernels.flow import link_counts

    layers = [
        [PathNode(layer=k, name=name, people=int(flow.people[k, i])) for i, name in enumerate(names)]
        for k, names in enumerate(flow.names)
    ]
    counts = link_counts(flow.walks.steps, flow.node, flow.width)
    cells = zip(*(x.tolist() for x in (*np.nonzero(counts), counts[counts > 0])), strict=True)
    links = [
        {"layer": k, "from": flow.names[k][a], "to": flow.names[k + 1][b], "people": n}
        for k, a, b, n in sorted(cells, key=lambda cell: (cell[0], -cell[3]))
    ]
    return {"layers": layers, "links": links}


def _merged(graph: "Graph") -> dict[str, Any]:
    counts, names = graph.counts(), graph.names
    nodes = [
        GraphNode(name=names[k], people=int(counts.people[k]), events=int(counts.events[k]))
        for k in np.flatnonzero(counts.events)
    ]
    cells = zip(*np.nonzero(counts.edge_count), strict=True)
    edges = [
        GraphEdge(from_=names[a], to=names[b], people=int(counts.edge_people[a, b]), count=int(counts.edge_count[a, b]))
        for a, b in cells
    ]
    return {
        "nodes": sorted(nodes, key=lambda n: (-n.events, n.name)),
        "edges": sorted(edges, key=lambda e: (-e.count, e.from_, e.to)),
    }


def _at(flow: "Flow", *places: tuple[int, str]) -> Bools | None:
    """bool[walks]: which are at all of the places; None if there is no such place."""
    found: Bools = np.ones(len(flow.walks.unit), np.bool_)
    for layer, name in places:
        node = flow.find(layer, name)
        if node < 0:
            return None
        found &= flow.at(layer) == node
    return found
