"""Walks around an anchor, their labels made nodes: the commonest of each layer by name, the rest as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from desireline.analyze.scope import I32, I64, Labels
from desireline.kernels.flow import GraphCounts, graph_counts, node_counts, visitors
from desireline.kernels.paths import Walks
from desireline.model.question import Cut

OTHER, END, START = "@other", "@end", "@start"
MARKS = (OTHER, END, START)


class Limits(NamedTuple):
    """What is shown by name in a layer.

    `most` names, each of at least `least` walks; the label `always` (-1 for none) in any case.
    """

    most: int
    least: float
    always: int


@dataclass(frozen=True, eq=False)
class Flow:
    """Walks layer by layer.

    Attributes:
        walks: the walks.
        back: the anchor's layer.
        kept: for each layer the labels with a node of their own, the commonest first.
        names: for each layer its nodes.
        node: int32[layers, labels + 1], the node of each label; the first column is for no label.
        people: int64[layers, nodes], walks.
        cut: what was merged.
    """

    walks: Walks
    back: int
    kept: list[list[int]]
    names: list[list[str]]
    node: I32
    people: I64
    cut: list[Cut]

    @property
    def width(self) -> int:
        """How many nodes a layer may have."""
        return int(self.people.shape[1])

    def find(self, layer: int, name: str) -> int:
        """The number of a node; -1 if there is none."""
        known = self.names[layer] if 0 <= layer < len(self.names) else []
        return known.index(name) if name in known else -1

    def at(self, layer: int) -> I32:
        """The node of each walk in a layer."""
        nodes: I32 = self.node[layer][self.walks.steps[:, layer] + 1]
        return nodes


def flow_of(walks: Walks, back: int, labels: Labels, limits: Limits) -> Flow:
    """Name the nodes of each layer."""
    counts = node_counts(walks.steps, len(labels.names))
    node = np.empty(counts.shape, np.int32)
    people = np.zeros((len(counts), limits.most + 2), np.int64)
    kept, names, cut = [], [], []
    for layer, by_label in enumerate(counts):
        here = _kept(by_label[1:], labels.names, limits)
        happen = int(np.count_nonzero(by_label[1:]))
        listed = [labels.names[k] for k in here]
        node[layer] = len(listed)
        node[layer, 1 + np.array(here, np.int64)] = np.arange(len(here))
        if len(here) < happen:
            listed.append(OTHER)
            cut.append(Cut(what=f"layer:{layer}", kept=len(here), total=happen))
        if by_label[0]:
            node[layer, 0] = len(listed)
            listed.append(START if layer < back else END)
        np.add.at(people[layer], node[layer][by_label > 0], by_label[by_label > 0])
        kept.append(here)
        names.append(listed)
    return Flow(walks, back, kept, names, node, people, cut)


def _kept(people: I64, names: Sequence[str], limits: Limits) -> list[int]:
    """Labels that have a node of their own: those of the most walks, equal ones by name."""
    happen = [int(k) for k in np.flatnonzero(people) if people[k] >= limits.least or k == limits.always]
    return sorted(happen, key=lambda k: (k != limits.always, -people[k], names[k]))[: limits.most]


@dataclass(frozen=True, eq=False)
class Graph:
    """Walks merged over their layers; what has a name in some layer has it everywhere.

    Attributes:
        walks: the walks.
        names: nodes.
        node: int32[labels + 2], the node of each label; the first is the start's, the last the end's.
        back: the anchor's layer.
        until: label that ends a walk; -1 for none.
        cut: what was merged.
    """

    walks: Walks
    names: list[str]
    node: I32
    back: int
    until: int
    cut: list[Cut]

    def counts(self) -> GraphCounts:
        """How often and by how many nodes and edges are taken."""
        return graph_counts(self.walks.steps, self.node, len(self.names), self.back, self.until)

    def taking(self, after: str, before: str | None = None) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
        """bool[walks]: which take a node (coming from another); None if there is no such node."""
        if after not in self.names or (before is not None and before not in self.names):
            return None
        source = -1 if before is None else self.names.index(before)
        return visitors(self.walks.steps, self.node, self.back, self.names.index(after), source, self.until)


def graph_of(flow: Flow, labels: Labels, until: int) -> Graph:
    """Merge the layers of a flow."""
    kept = sorted({k for layer in flow.kept for k in layer})
    names = [START, *(labels.names[k] for k in kept), OTHER, END]
    node = np.full(len(labels.names) + 2, len(names) - 2, np.int32)
    node[0], node[-1] = 0, len(names) - 1
    node[1 + np.array(kept, np.int64)] = 1 + np.arange(len(kept))
    happen = len(np.unique(flow.walks.steps[flow.walks.steps >= 0])) if flow.cut else len(kept)
    cut = [Cut(what="nodes", kept=len(kept), total=happen)] if len(kept) < happen else []
    return Graph(flow.walks, names, node, flow.back, until, cut)
