"""Slow, obvious twins of the kernels that order and number rows."""


def sort_events(unit, time, arrival, n_units):
    order = sorted(range(len(unit)), key=lambda i: (unit[i], time[i], arrival[i]))
    offsets = [sum(u < k for u in unit) for k in range(n_units + 1)]
    return offsets, order


def first_occurrences(key, arrival):
    best = {}
    for i, k in enumerate(key):
        if k not in best or arrival[i] < arrival[best[k]]:
            best[k] = i
    return [best[k] == i for i, k in enumerate(key)]


def dense_ids(hashes):
    unique = list(dict.fromkeys(hashes))
    return unique, [unique.index(h) for h in hashes]


def components(a, b, n):
    groups = [{i} for i in range(n)]
    for x, y in zip(a, b, strict=True):
        merged = groups[x] | groups[y]
        for member in merged:
            groups[member] = merged
    smallest = sorted({min(g) for g in groups})
    return [smallest.index(min(groups[i])) for i in range(n)]
