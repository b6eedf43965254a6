"""What units do with a thing that they meet, told one unit at a time, with no thought for speed."""

MINUTE, DAY = 60_000_000, 86_400_000_000


def told(units, thing, *, to=(), days=0, pause=0, strict=False, stages=(), closing=(), until=0, gap=0):
    """The marks of each unit that met the thing: a dict by unit, each a set of words; and its wait, None without.

    Args:
        units: unit -> [(time µs, touchpoint or None)], in order.
        thing: touchpoints.
        to: touchpoints that end it; a later stage if there are none.
        days: for "again", 0 for never judged.
        pause: µs.
        strict: whether only the touchpoint that was met first can be met again.
        stages: touchpoint -> number of its stage; absent: none.
        closing: touchpoints that close a journey.
    """
    found, last_stage = {}, max(stages.values(), default=-1) if stages else -1
    for unit, events in units.items():
        mine = [k for k, (_, name) in enumerate(events) if name in thing]
        if not mine:
            continue
        first = mine[0]
        start, at = events[first][0], stages.get(events[first][1])
        later = [k for k in range(first + 1, len(events)) if _ends(events[k][1], to, stages, at)]
        ended, closed = events[-1][0] < until - gap, events[-1][1] in closing
        words, wait = {"met"}, None
        if later:
            words.add("went on")
            wait = events[later[0]][0] - start
            if any(k > later[0] for k in mine):
                words.add("looped")
        else:
            words.add("dropped" if ended or closed else "open")
        others = [k for k in mine[1:] if not strict or events[k][1] == events[first][1]]
        again = [events[k][0] - start for k in others if events[k][0] - start >= pause]
        if until - start >= days * DAY:
            words.add("mature")
            if again and again[0] <= days * DAY:
                words.add("again")
            left = "dropped" in words and not closed and at is not None and at < last_stage
            if words & {"again", "looped"} or left:
                words.add("troubled")
        found[unit] = words, wait
    return found


def _ends(name, to, stages, at):
    if to:
        return name in to
    return at is not None and stages.get(name, -1) > at
