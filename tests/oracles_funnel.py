"""The funnel by SQL: a join for each step of each way through the optional ones, under every order and condition."""

from itertools import combinations, pairwise

from tests.oracles import ask


def funnel(scope, table, what):
    """For each step (people, median µs from the first event of a chain); `what` as the twin takes it."""
    answers = []
    for k in range(len(what.labels)):
        required = [j for j in range(k) if j not in what.optional]
        free = [] if what.order == "any" else [j for j in range(k) if j in what.optional]
        ways = [sorted([*required, *some, k]) for n in range(len(free) + 1) for some in combinations(free, n)]
        (row,) = ask(scope, table, f"""
            WITH seen AS (SELECT *, row_number() OVER (PARTITION BY unit ORDER BY pos) AS place,
                                 row_number() OVER (PARTITION BY unit, label ORDER BY pos) AS nth FROM e),
                 chain AS ({" UNION ALL ".join(_chains(what, way) for way in ways)}),
                 reached AS (SELECT unit, arg_min(wait, (pos, wait)) AS wait FROM chain GROUP BY unit)
            SELECT count(*) AS people, median(wait) AS wait FROM reached""")  # fmt: skip
        answers.append((row["people"], row["wait"]))
    return answers


def _chains(what, way):
    names = [f"s{j}" for j in way]
    joins = " ".join(f"JOIN seen {n} ON {n}.unit = {names[0]}.unit" for n in names[1:])
    spread = {field: ", ".join(f"{n}.{field}" for n in names) for field in ("time", "pos")}
    first, last, end = (f"least({spread['time']})", f"greatest({spread['time']})", f"greatest({spread['pos']})")
    rules = [f"s{j}.label = {what.labels[j]}" for j in way]
    rules += [f"s{j}.nth = 1" for j in way if j in what.ever]
    rules += [] if what.within is None else [f"{last} - {first} <= {what.within}"]
    rules += _any(what, names, spread["pos"]) if what.order == "any" else _ordered(what, way)
    return f"SELECT {names[0]}.unit, {end} AS pos, {last} - {first} AS wait FROM seen {names[0]} {joins} WHERE " + (
        " AND ".join(rules)
    )


def _any(what, names, places):
    rules = [f"{a}.pos <> {b}.pos" for a, b in combinations(names, 2)]
    return rules + [
        f"""NOT EXISTS (SELECT 1 FROM seen x WHERE x.unit = {names[0]}.unit AND x.label = {label}
                        AND x.pos > least({places}) AND x.pos < greatest({places}))"""
        for label, _, _ in what.exclude
    ]


def _ordered(what, way):
    rules = []
    for p, k in pairwise(way):
        rules.append(f"s{k}.pos > s{p}.pos")
        rules += [f"s{k}.place = s{p}.place + 1"] if what.order == "strict" else []
        rules += [] if what.gaps[k] is None else [f"s{k}.time - s{p}.time <= {what.gaps[k]}"]
        rules += [
            f"""NOT EXISTS (SELECT 1 FROM seen x WHERE x.unit = s{p}.unit AND x.label = {label}
                            AND x.pos > s{p}.pos AND x.pos < s{k}.pos)"""
            for label, after, before in what.exclude
            if after <= p and k <= before
        ]
    return rules
