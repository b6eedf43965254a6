"""Detectors of obstacles, event by event: each unit is a list of events as dicts, times in µs.

Each returns (chances, hits), sets of (unit, place in the unit).
"""

from collections import defaultdict
from itertools import pairwise

SECOND = 1_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3_600 * SECOND, 86_400 * SECOND


def _rows(units, wanted):
    return {(u, i) for u, events in enumerate(units) for i, e in enumerate(events) if wanted(e)}


def rage_click(units, distinct):
    hits = set()
    for u, events in enumerate(units):
        of_thing = defaultdict(list)
        for i, e in enumerate(events):
            if e["click"]:
                of_thing[e["name"], e["element"]].append(i)
        for places in of_thing.values():
            times, k = [events[i]["time"] for i in places], 0
            while k < len(places):
                near = [t for t in times[k:] if t - times[k] <= SECOND]
                if len(set(near) if distinct else near) < 3:
                    k += 1
                    continue
                hits.add((u, places[k]))
                k += 1
                while k < len(places) and times[k] - times[k - 1] <= SECOND:
                    k += 1
    return _rows(units, lambda e: e["click"]), hits


def dead_click(units):
    hits = {
        (u, i)
        for u, events in enumerate(units)
        for i, (a, b) in enumerate(pairwise(events))
        if a["click"] and b["click"] and a["element"] is not None
        and (a["name"], a["element"]) == (b["name"], b["element"])
        and SECOND < b["time"] - a["time"] <= 10 * SECOND
    }  # fmt: skip
    return _rows(units, lambda e: e["click"] and e["element"] is not None), hits


def error_after_click(units):
    hits = set()
    for u, events in enumerate(units):
        for i, e in enumerate(events):
            clicks = [k for k in range(i + 1) if events[k]["click"]]
            if e["error"] and clicks and e["time"] - events[clicks[-1]]["time"] <= 5 * SECOND:
                hits.add((u, clicks[-1]))
    return _rows(units, lambda e: e["click"]), hits


def _visits(events):
    """Runs of one label: (label, place of the first event, its time)."""
    found = []
    for i, e in enumerate(events):
        if e["label"] is not None and (not found or found[-1][0] != e["label"]):
            found.append((e["label"], i, e["time"]))
    return found


def ping_pong(units):
    hits = set()
    for u, events in enumerate(units):
        visits, k = _visits(events), 0
        while k + 1 < len(visits):
            end = k + 2
            while end < len(visits) and visits[end][0] == visits[end - 2][0]:
                end += 1
            rounds = [j for j in range(k, end - 3) if visits[j + 3][2] - visits[j][2] <= 30 * MINUTE]
            hits |= {(u, visits[j][1]) for j in rounds[:1]}
            k = end - 1
    return _rows(units, lambda e: e["label"] is not None), hits


def runs(units, silence=DAY):
    """{(unit, place of the first event): length} of runs of one label."""
    found = {}
    for u, events in enumerate(units):
        before = None
        for i, e in enumerate(events):
            if e["label"] is None:
                continue
            if before is None or events[before]["label"] != e["label"] or e["time"] - events[before]["time"] > silence:
                start = i
            found[u, start] = found.get((u, start), 0) + 1
            before = i
    return found


def contacts(units, days, until):
    chances, hits = set(), set()
    for u, events in enumerate(units):
        by_topic = defaultdict(list)
        for i, e in enumerate(events):
            if not e["contact"]:
                continue
            made = by_topic[e["topic"]]
            if made and made[-1][2] == e["channel"] and e["time"] - made[-1][1] <= 30 * MINUTE:
                made[-1][1] = e["time"]
            else:
                made.append([i, e["time"], e["channel"], e["time"]])
        for made in by_topic.values():
            for k, (i, ends, *_) in enumerate(made):
                followed = k + 1 < len(made) and made[k + 1][3] - ends <= days * DAY
                if followed:
                    hits.add((u, i))
                if followed or ends + days * DAY <= until:
                    chances.add((u, i))
    return chances, hits


def channel_switch_repeat(units):
    chances, hits = set(), set()
    for u, events in enumerate(units):
        stays = []
        for i, e in enumerate(events):
            if e["channel"] is None or e["label"] is None:
                continue
            if not stays or stays[-1][-1][1]["channel"] != e["channel"]:
                stays.append([])
            stays[-1].append((i, e))
        for old, new in pairwise(stays):
            met = set()
            for i, e in new:
                topic = (e["label"], e["topic"]) if e["topic"] is None else e["topic"]
                if topic in met:
                    continue
                met.add(topic)
                if e["time"] - old[-1][1]["time"] > 72 * HOUR:
                    continue
                chances.add((u, i))
                if any(
                    e["time"] - o["time"] <= 72 * HOUR
                    and o["topic"] == e["topic"]
                    and (e["topic"] is not None or o["label"] == e["label"] or o["name"] == e["name"])
                    for _, o in old
                ):
                    hits.add((u, i))
    return chances, hits


def silence_after_promise(units, until):
    chances, hits = set(), set()
    for u, events in enumerate(units):
        for i, e in enumerate(events):
            if e["promise"] is None or e["time"] + e["promise"] > until:
                continue
            chances.add((u, i))
            if not any(r["answer"] and 0 <= r["time"] - e["time"] <= e["promise"] for r in events[i + 1 :]):
                hits.add((u, i))
    return chances, hits


def _claimed(events):
    """Places of searches and help pages that a contact counts for: the last one before it in whose time it comes."""
    asks = [e["contact"] and not e["search"] for e in events]
    for c in (k for k, contact in enumerate(asks) if contact):
        since = max((k for k in range(c) if asks[k]), default=-1)
        for i in range(c - 1, since, -1):
            if events[i]["search"] and events[c]["time"] - events[i]["time"] <= events[i]["search"]:
                yield i
                break


def not_found(units, until):
    chances, hits = set(), set()
    for u, events in enumerate(units):
        claimed = set(_claimed(events))
        for i, e in enumerate(events):
            if e["search"] and (i in claimed or e["nothing"]):
                hits.add((u, i))
            elif e["search"] and e["time"] + e["search"] <= until:
                chances.add((u, i))
    return chances | hits, hits


def long_waits(units, gap, times, least):
    """Waits longer than `times` the median of their step and a minute; silences longer than the gap are none."""
    waits = defaultdict(list)
    for u, events in enumerate(units):
        known = [(i, e) for i, e in enumerate(events) if e["label"] is not None]
        parts = [0]
        for a, b in pairwise(events):
            parts.append(parts[-1] + (b["time"] - a["time"] > gap))
        for (i, a), (j, b) in pairwise(known):
            if parts[i] == parts[j]:
                waits[a["label"], b["label"]].append(((u, i), b["time"] - a["time"]))
    chances, hits = set(), set()
    for step in waits.values():
        if len(step) < least:
            continue
        ordered = sorted(wait for _, wait in step)
        median = (ordered[(len(step) - 1) // 2] + ordered[len(step) // 2]) / 2
        chances |= {row for row, _ in step}
        hits |= {row for row, wait in step if wait > max(times * median, MINUTE)}
    return chances, hits


def endings(units, gap, until, start, week):
    """{row: (week, place in the journey, silent)} of events whose silence is over."""
    found = {}
    for u, events in enumerate(units):
        known = [(i, e["time"]) for i, e in enumerate(events) if e["label"] is not None]
        place = 0
        for k, (i, time) in enumerate(known):
            place = place + 1 if k and time - known[k - 1][1] <= gap else 1
            silent = k + 1 == len(known) or known[k + 1][1] - time > gap
            if time + gap <= until and not events[i]["final"]:
                step = sum(place > most for most in (1, 2, 3, 5, 10, 20))
                found[u, i] = ((time - start) // week, step, silent)
    return found
