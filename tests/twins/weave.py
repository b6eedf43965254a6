"""Slow, obvious twins of the kernels that merge, recode and place."""


def weave(was, old, new):
    """Offsets, and the rows by (unit, time, arrival): ("old" | "new", row)."""
    units = len(new[0]) - 1
    rows = [[] for _ in range(units)]
    for (offsets, time, arrival), which in ((old, "old"), (new, "new")):
        for unit in range(len(offsets) - 1):
            for row in range(offsets[unit], offsets[unit + 1]):
                rows[was[unit] if which == "old" else unit].append((time[row], arrival[row], which, row))
    offsets = [sum(map(len, rows[:unit])) for unit in range(units + 1)]
    return offsets, [(which, row) for of_unit in rows for _, _, which, row in sorted(of_unit)]


def recode(code, index):
    """The number of each pair in the order of all pairs, and these."""
    pairs = sorted(set(zip(code, index, strict=True)))
    return [pairs.index(pair) for pair in zip(code, index, strict=True)], pairs


def placed(wanted, keys, values):
    found = dict(zip(keys, values, strict=True))
    return [found.get(key, -1) for key in wanted]
