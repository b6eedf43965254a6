"""Sequences and flows, one unit after the other."""


def labels_of(events, collapse):
    labels = [label for label, _ in events]
    return [x for i, x in enumerate(labels) if not (collapse and i and labels[i - 1] == x)]


def layers(sequences, anchor, back, ahead, collapse):
    """For each unit with the anchor its label by layer, None before the start and after the end."""
    found = {}
    for unit, events in enumerate(sequences):
        labels = labels_of(events, collapse)
        if anchor in labels:
            at = labels.index(anchor)
            found[unit] = [labels[i] if 0 <= i < len(labels) else None for i in range(at - back, at + ahead + 1)]
    return found


def between(sequences, anchor, until, depth, collapse):
    """For each unit with the anchor its label by layer, staying at `until` once there; and the units that get there."""
    found, arrived = {}, []
    for unit, events in enumerate(sequences):
        labels = labels_of(events, collapse)
        if anchor in labels:
            rest = labels[labels.index(anchor) :]
            if until in rest[1:]:
                arrived.append(unit)
                rest = [*rest[: rest.index(until, 1)], *[until] * depth]
            found[unit] = (rest + [None] * depth)[:depth]
    return found, arrived


def graph(walks, back, until=None):
    """Nodes and edges -> the walks that take them, once for each time."""
    nodes, edges = {}, {}
    for unit, walk in walks.items():
        path = [("@start" if k < back else "@end") if x is None else x for k, x in enumerate(walk)]
        for mark in ("@start", "@end"):
            while path.count(mark) > 1:
                path.remove(mark)
        if until in path[back + 1 :]:
            path = path[: path.index(until, back + 1) + 1]
        for k, name in enumerate(path):
            nodes.setdefault(name, []).append(unit)
            if k:
                edges.setdefault((path[k - 1], name), []).append(unit)
    return nodes, edges
