"""A trace beside a plan, by trying everything: the cheapest alignment from its end, then what each touchpoint was."""

from functools import cache

NEVER = 10**9, 0


def collapsed(trace):
    return [t for k, t in enumerate(trace) if k == 0 or trace[k - 1] != t]


def cheapest(trace, path, kin):
    """Costs (extras and steps left out, steps met as a negative number) of prefixes of the trace and the path.

    Of any alignment, of one that ends inside the step, and of one that ends with an extra touchpoint.
    """

    def goes_on(i):
        return i > 1 and trace[i - 2] != trace[i - 1] and any({trace[i - 2], trace[i - 1]} <= set(k) for k in kin)

    @cache
    def cost(i, j):
        ways = [inside(i, j), outside(i, j)]
        if j:
            ways.append(plus(cost(i, j - 1), toll(path[j - 1])))
        return min(ways) if i or j else (0, 0)

    @cache
    def inside(i, j):
        if not i or not j or trace[i - 1] not in path[j - 1]["touchpoints"]:
            return NEVER
        return min(plus(cost(i - 1, j - 1), (0, -1)), inside(i - 1, j) if goes_on(i) else NEVER)

    @cache
    def outside(i, j):
        return min(plus(cost(i - 1, j), (1, 0)), outside(i - 1, j) if goes_on(i) else NEVER) if i else NEVER

    return cost, inside, outside


def plus(a, b):
    return a[0] + b[0], a[1] + b[1]


def toll(step):
    return int(not step["optional"]), 0


def due_places(trace, path, cost):
    """The fewest places of the path that a best alignment comes to."""
    left = [sum(toll(s)[0] for s in path[j:]) for j in range(len(path) + 1)]
    whole = cost(len(trace), len(path))
    return min(j for j, rest in enumerate(left) if plus(cost(len(trace), j), (rest, 0)) == whole)


def places(trace, path, end, cost, inside, outside):
    """Where in the path each touchpoint of a trace is, None for extras; extras first, steps met as early as can be."""
    found, i, j, state = [None] * len(trace), len(trace), end, "any"
    while i:
        if state == "outside" or (state == "any" and cost(i, j) == outside(i, j)):
            state = "any" if outside(i, j) == plus(cost(i - 1, j), (1, 0)) else "outside"
            i -= 1
        elif state == "any" and j and cost(i, j) == plus(cost(i, j - 1), toll(path[j - 1])):
            j -= 1
        else:
            found[i - 1] = j - 1
            state = "any" if inside(i, j) == plus(cost(i - 1, j - 1), (0, -1)) else "inside"
            i, j = i - 1, j if state == "inside" else j - 1
    return found


def told(touched, plan, failing, is_open):
    """(path, cost, deviations [(kind, step, touchpoint, after)], {step: conforming}, step of each touchpoint).

    `touched`: touchpoints, collapsed; `plan`: {path: [step, …]}, a step {id, touchpoints, optional}.
    """
    planned = {t for steps in plan.values() for s in steps for t in s["touchpoints"]}
    kept = [k for k, t in enumerate(touched) if t in planned | failing]
    trace, best = [touched[k] for k in kept], None
    for name, path in plan.items():
        cost, inside, outside = cheapest(trace, path, [s["touchpoints"] for steps in plan.values() for s in steps])
        end = due_places(trace, path, cost) if is_open else len(path)
        rank = cost(len(trace), end), cost(len(trace), len(path))
        if best is None or rank < best[0]:
            best = rank, name, path, end, places(trace, path, end, cost, inside, outside)
    ((spent, _), _), name, path, end, at = best
    where = dict(zip(kept, _with_extras(trace, path, at), strict=True))
    deviations, attempts, steps_at = _walked(touched, path, where, failing - planned)
    synced, steps = {q for q in at if q is not None}, {}
    for q, step in enumerate(path):
        tries = attempts.get(q, [])
        failures = [t for k, t in enumerate(tries) if t["mark"] or k + 1 < len(tries)]
        deviations += [("failed", step["id"], t["mark"] or t["touchpoint"], t["after"]) for t in failures]
        if not tries and (q >= end or step["optional"]):
            continue
        if not tries:
            deviations.append(("missing", step["id"], None, path[q - 1]["id"] if q else None))
        elif q not in synced:
            deviations.append(("irregular", step["id"], tries[-1]["touchpoint"], tries[-1]["after"]))
        steps[step["id"]] = steps.get(step["id"], True) and q in synced and not failures
    return name, spent + len(touched) - len(trace), deviations, steps, steps_at


def _walked(touched, path, where, failing):
    """What lies outside the path, the attempts at each place of it, and the step of each touchpoint."""
    deviations, attempts, before, last, steps = [], {}, None, None, []
    for i, touchpoint in enumerate(touched):
        q, after = where.get(i), None if before is None else path[before]["id"]
        steps.append(None if q is None else path[q]["id"])
        if i in where:
            goes_on, last = last is not None and last[0] == q and last[1] != touchpoint, (q, touchpoint)
        if q is not None:
            if not goes_on:
                attempts.setdefault(q, []).append({"touchpoint": touchpoint, "after": after, "mark": None})
            before = q
        elif touchpoint in failing and before is not None:
            attempts[before][-1]["mark"] = attempts[before][-1]["mark"] or touchpoint
        else:
            deviations.append(("ad_hoc", None, touchpoint, after))
    return deviations, attempts, steps


def _with_extras(trace, path, at):
    """Extras go to the nearest step that they belong to, first of all one that was not met in its order."""
    found, here, synced = list(at), -1, {q for q in at if q is not None}
    for i, touchpoint in enumerate(trace):
        if at[i] is not None:
            here = at[i]
            continue
        fitting = [q for q, step in enumerate(path) if touchpoint in step["touchpoints"]]
        found[i] = min(fitting, key=lambda q: (q in synced, abs(q - here), q), default=None)
    return found
