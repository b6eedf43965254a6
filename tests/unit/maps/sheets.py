"""A fictitious sheet for tests of exporters: every lane kind, letters of three languages, emoji, measured figures."""

import base64
import datetime as dt
import hashlib
from typing import Any

from desireline.model.measured import Sheet

Json = dict[str, Any]

AS_OF = "2026-11-02T08:00:00Z"

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAZElEQVR42g3JIQFEMQxEwRP2RVRE8MPrIKQ4uCQO1kFIZV2Hzu8T"
    "S4SQ2OIIiyt+X7KSSJTs5CRObr4oVhGFil2cwsWtF81qolGzm9O4uf3CLBNGZptjbK5fDGuIQcMezuDhDn/TNkqJYzrRvQAAAABJ"
    "RU5ErkJggg=="
)
"""A PNG of 8 × 6 pixels."""

SHA = hashlib.sha256(PICTURE).hexdigest()


def picture(sha256: str) -> bytes:
    """The stored bytes of the one picture."""
    assert sha256 == SHA
    return PICTURE


def proof(grade: str = "measured", n: int = 1000, last: str | None = "2026-10-31", freshness: float = 0.98) -> Json:
    return {
        "grade": grade, "n": n, "since": "2026-08-01", "until": "2026-10-31", "last_true": last, "freshness": freshness,
    }  # fmt: skip


def figure(
    value: float | None, unit: str = "people", n: int | None = None, grade: str = "measured", **more: Any
) -> Json:
    n = int(value or 0) if n is None else n
    return {"value": value, "unit": unit, "n": n, "proof": proof(grade, n), "cell": "c", **more}


def change(before: float, difference: float, changed: bool) -> Json:
    return {"before": before, "difference": difference, "low": None, "high": None, "changed": changed}


LIBRARY: list[Json] = [
    {"id": "ch-web", "kind": "channel", "name": "web", "measures": ["web"]},
    {"id": "ch-store", "kind": "channel", "name": "sklep", "measures": ["store"]},
    {"id": "ch-phone", "kind": "channel", "name": "phone", "measures": ["phone"]},
    {"id": "tp-search", "kind": "touchpoint", "name": "Search result", "channel": "ch-web", "measures": ["Search"]},
    {"id": "tp-post", "kind": "touchpoint", "name": "Katalog pocztą (wysyłka źdźbeł)", "measures": ["Catalogue"]},
    {"id": "tp-product", "kind": "touchpoint", "name": "Product page", "channel": "ch-web", "measures": ["Product"]},
    {"id": "tp-visit", "kind": "touchpoint", "name": "Wizyta w sklepie", "channel": "ch-store", "measures": ["Visit"]},
    {"id": "tp-basket", "kind": "touchpoint", "name": "Košarica", "channel": "ch-web", "measures": ["Basket"]},
    {"id": "tp-pay", "kind": "touchpoint", "name": "Payment *with* <card>", "channel": "ch-web", "measures": ["Pay"]},
    {"id": "tp-call", "kind": "touchpoint", "name": "Call centre", "channel": "ch-phone", "measures": ["Call"]},
    {"id": "tp-locker", "kind": "touchpoint", "name": "Parcel locker", "measures": ["Locker"]},
    {"id": "tp-review", "kind": "touchpoint", "name": "Recenzja čitateljâ", "channel": "ch-web"},
    {"id": "sys-shop", "kind": "system", "name": "Shop software"},
    {"id": "sys-erp", "kind": "system", "name": "Magazyn (ERP)"},
    {"id": "dep-service", "kind": "department", "name": "Služba za korisnike"},
    {"id": "dep-web", "kind": "department", "name": "Web team"},
    {"id": "per-gift", "kind": "persona", "name": "Gift buyers"},
]

STAGES: list[Json] = [
    {
        "id": "s1", "name": "Awareness", "measures": "Awareness", "description": "They learn that **we exist**.",
        "steps": [{"id": "p1", "name": "Hears of us"}, {"id": "p2", "name": "Searches"}],
    },
    {
        "id": "s2", "name": "Rozważanie", "measures": "Consideration", "owner": "Dział sprzedaży",
        "steps": [{"id": "p3", "name": "Compares"}, {"id": "p4", "name": "Asks", "optional": True}],
    },
    {"id": "s3", "name": "Kupnja", "measures": "Purchase", "steps": [{"id": "p5", "name": "Fills the basket"},
     {"id": "p6", "name": "Pays", "owner": "Web team"}]},
    {"id": "s4", "name": "Delivery & first use", "measures": "Delivery", "steps": [{"id": "p7", "name": ""}]},
]  # fmt: skip

LANES: list[Json] = [
    {"id": "l-path", "kind": "path"},
    {"id": "l-images", "kind": "images", "cells": {"p1": [{"id": "i1", "text": "The shop window", "image": {
        "sha256": SHA, "alt": "A shop window at dusk", "width": 8, "height": 6}}]}},
    {"id": "l-actions", "kind": "actions", "cells": {
        "p1": [{"id": "a1", "text": "I see a **parcel** at a friend's home 🎁"}],
        "p2": [{"id": "a2", "text": "I search for *prezent dla mamy*"}],
        "p3": [{"id": "a3", "text": "I compare prices, delivery and opinions over two steps", "span": 2}],
        "p5": [{"id": "a4", "text": "I put it in the basket:\n\n- the gift\n- a card\n- paper"}],
        "p6": [{"id": "a5", "text": "I pay with `BLIK`"}],
        "p7": [{"id": "a6", "text": "Podižem paket i čekam da počne slavlje", "span": 5}]}},
    {"id": "l-touch", "kind": "touchpoints", "cells": {
        "p1": [{"id": "t1", "ref": "tp-post"}],
        "p2": [{"id": "t2", "ref": "tp-search", "star": True}],
        "p3": [{"id": "t3", "ref": "tp-product", "ratings": {"customer": 5, "organisation": 3, "expectation": 4}},
               {"id": "t4", "ref": "tp-visit"}],
        "p4": [{"id": "t5", "ref": "tp-call"}],
        "p5": [{"id": "t6", "ref": "tp-basket"}],
        "p6": [{"id": "t7", "ref": "tp-pay", "text": "Three of four cards"}],
        "p7": [{"id": "t8", "ref": "tp-locker"}, {"id": "t9", "ref": "tp-review"}]}},
    {"id": "l-emotion", "kind": "emotion", "recipe": {"behaviour": True}, "cells": {
        "p4": [{"id": "e1", "text": "worried", "value": -1.5}],
        "p7": [{"id": "e2", "text": "proud", "value": 1.8, "star": True}]}},
    {"id": "l-thoughts", "kind": "thoughts", "cells": {
        "p2": [{"id": "q1", "text": "Szukałam prezentu, trafiłam z katalogu."}],
        "p6": [{"id": "q2", "text": "It threw me back to the basket. Twice."}],
        "p7": [{"id": "q3", "text": "Stiglo dan ranije, super."}]}},
    {"id": "l-pain", "kind": "pain_points", "cells": {
        "p4": [{"id": "b1", "text": "**Delivery date not found** before the basket; 1 in 9 then calls.",
                "bind": {"question": "drop_off", "stage": "s2"}}],
        "p6": [{"id": "b2", "text": "**Back and forth** between payment and basket", "tags": ["phones"],
                "bind": {"question": "loops", "touchpoint": "tp-pay"}},
               {"id": "b3", "text": "Kod SMS nie dochodzi"}]}},
    {"id": "l-opp", "kind": "opportunities", "cells": {
        "p4": [{"id": "o1", "text": "Show the delivery day on the product page", "owner": "Web team"}]}},
    {"id": "l-metrics", "kind": "metrics", "title": "Pokazatelji", "cells": {
        "p2": [{"id": "m1", "bind": {"question": "share", "touchpoint": "tp-search"}}],
        "p4": [{"id": "m2", "text": "Repeat contact 7 d",
                "bind": {"question": "repeat", "touchpoint": "tp-call", "days": 7}}],
        "p6": [{"id": "m3", "text": "CSAT payment",
                "bind": {"question": "feedback", "touchpoint": "tp-pay", "scale": "csat"}},
               {"id": "m4", "text": "Refunds", "value": 12.5, "unit": "zł"}],
        "p7": [{"id": "m5", "text": "To the door", "bind": {"question": "time", "stage": "s4"}}]}},
    {"id": "l-text", "kind": "text", "title": "Notes", "cells": {
        "p3": [{"id": "x1", "text": "See [the study](https://example.org/study?a=1&b=2) # not a heading"}]}},
    {"id": "l-back", "kind": "backstage", "cells": {"p6": [{"id": "k1", "text": "Risk check, by hand over 500 zł"}]}},
    {"id": "l-sys", "kind": "systems", "cells": {
        "p5": [{"id": "y1", "ref": "sys-shop", "span": 2}], "p7": [{"id": "y2", "ref": "sys-erp"}]}},
    {"id": "l-dep", "kind": "departments", "cells": {
        "p4": [{"id": "d1", "ref": "dep-service"}], "p6": [{"id": "d2", "ref": "dep-web"}]}},
    {"id": "l-hand", "kind": "hand_offs", "cells": {
        "p4": [{"id": "h1", "text": "The call centre does not see the basket",
                "hand_off": {"from": "phone", "to": "web", "asked_twice": "name and order number"}}]}},
    {"id": "l-links", "kind": "links", "cells": {"p7": [{"id": "n1", "text": "Zwroty", "link": "returns"}]}},
    {"id": "l-ask", "kind": "questions", "cells": {"p7": [{"id": "w1", "text": "What would make you recommend us?"}]}},
    {"id": "l-self", "kind": "self_service", "cells": {
        "p7": [{"id": "f1", "text": "Where is my parcel?", "url": "https://example.org/faq/parcel"}]}},
]  # fmt: skip


def _stage(
    index: int, people: int, goes_on: int, dropped: int, still_open: int, loops: int, median: float | None
) -> Json:
    return {
        "people": people, "share": round(people / 48210, 4), "events": 2 * people, "goes_on": goes_on,
        "goes_on_share": goes_on / people, "goes_on_interval": None, "dropped": dropped, "open": still_open,
        "loops": loops, "median_seconds_to_later": median, "onward": [], "channel_switches": [],
        "proof": proof("measured", people), "index": index, "cell": f"stage:{index}",
    }  # fmt: skip


def _points(values: dict[str, tuple[float, float, float, int]]) -> list[Json]:
    return [
        {"step": s["id"], "value": None, "proof": proof("assumed", 0, None, 0)}
        if s["id"] not in values
        else dict(
            zip(("value", "low", "high", "n"), values[s["id"]], strict=True),
            step=s["id"],
            people=values[s["id"]][3],
            proof=proof("measured" if values[s["id"]][3] >= 20 else "some", values[s["id"]][3]),
        )
        for stage in STAGES
        for s in stage["steps"]
    ]


def _cards() -> Json:
    cards: Json = {
        "t1": figure(10120), "t2": figure(29880, spark=[2100, 2300, None, 2800, 3000, 2950]), "t3": figure(17530),
        "t4": figure(3940), "t5": figure(1990, change=change(1200, 790, True)), "t6": figure(9480), "t7": figure(6610),
        "t8": figure(3410),
        "b1": figure(0.18, "share", 3942, of=21904, low=0.16, high=0.2, change=change(0.12, 0.06, True)),
        "b2": figure(31, grade="some"),
        "m1": figure(0.62, "share", 29880, of=48210, low=0.61, high=0.63, spark=[0.6, 0.61, 0.64, 0.62]),
        "m2": figure(0.18, "share", 358, of=1990, low=0.16, high=0.2, change=change(0.12, 0.06, True),
                     spark=[0.11, 0.12, None, 0.15, 0.18]),
        "m3": figure(3.1, "score", 214, low=2.9, high=3.3, change=change(3.2, -0.1, False)),
        "m5": figure(183_000.0, "seconds", 3104),
    }  # fmt: skip
    shown: Json = {key: {"figure": f} for key, f in cards.items()}
    shown["t3"]["ratings"] = {"expectation": figure(3.4, "score", 260)}
    shown["t7"]["caveat"] = "known_only_with_purchase"
    shown["t9"] = {"needs": "touchpoint"}
    shown["b3"] = {"needs": "binding"}
    return shown


def measured() -> Json:
    """Figures out of thin air that add up; b2 stands on 31 people, t9 on nobody."""
    scores = {"p1": (0.6, 0.4, 0.8, 120), "p2": (0.9, 0.7, 1.1, 140), "p3": (0.4, 0.2, 0.6, 98),
              "p5": (-0.2, -0.7, 0.3, 24), "p6": (-1.1, -1.3, -0.9, 214), "p7": (1.4, 1.1, 1.7, 60)}  # fmt: skip
    behaviour = {"p5": (-0.5, -0.6, -0.4, 9480), "p6": (-0.8, -0.9, -0.7, 6610)}
    return {
        "as_of": AS_OF, "data_since": "2026-08-01T06:00:00Z", "data_until": "2026-10-31T17:40:00Z", "definition": None,
        "definition_version": 3, "coherence": 0.71, "grain": "person", "filters": {"channels": ["web", "store"]},
        "segment": None, "people_in_scope": 48210, "events": 199593, "outside_definition": 2000, "goal_people": 6702,
        "goal_share": 0.139,
        "stages": {
            "s1": _stage(1, 38240, 19198, 16732, 2310, 2117, 93780.0),
            "s2": _stage(2, 21904, 9520, 10654, 1730, 3380, 5460.0),
            "s3": _stage(3, 11318, 3724, 6954, 640, 1120, 183000.0),
            "s4": _stage(4, 3410, 0, 3222, 188, 0, None),
        },
        "cards": _cards(),
        "steps": {"p1": figure(10120), "p2": figure(29880), "p3": figure(19200), "p4": figure(1990), "p7": figure(41)},
        "hand_offs": {"s2": [
            {"from": "web", "to": "sklep", "people": 1944, "median_seconds": 9e4, "repeated_share": 0.22, "cell": "h1"},
            {"from": "web", "to": "phone", "people": 12, "median_seconds": 3.6e3, "repeated_share": None, "cell": "h2"},
        ]},
        "emotion": [
            {"lane": "l-emotion", "of": "scores", "points": _points(scores), "peak": "p7", "lowest": "p6", "end": "p7"},
            {"lane": "l-emotion", "of": "behaviour", "points": _points(behaviour)},
        ],
        "unplaced": [{"name": "Cookie banner", "channel": "web", "stage": None, "people": 30112},
                     {"name": "Loyalty card", "channel": "store", "stage": None, "people": 17}],
        "coverage": {"measured": 12, "some": 1, "assumed": 16}, "cut": [], "drilldown": "eNoDAAAAAAE",
    }  # fmt: skip


def sheet(**changes: Any) -> Sheet:
    """The sheet; `changes` replace fields of it (`measured=None` for one that nothing was counted for)."""
    return Sheet.model_validate(
        {
            "id": "first-purchase", "name": "First purchase (fictitious figures)", "kind": "current_measured",
            "status": "review", "life_cycle": "purchase", "owner": "Sales", "review": dt.date(2027, 1, 15),
            "goal": {"text": "More first purchases **without** calls", "start": "Hears of us", "end": "Uses it",
                     "goal": "First purchase"},
            "scope": {"persona": "per-gift"}, "languages": ["en", "pl", "hr"], "tags": ["shop", "święta"],
            "stages": STAGES, "lanes": LANES, "paths": [{"id": "ideal", "name": "As planned",
                                                         "steps": ["p1", "p2", "p3", "p5", "p6", "p7"]}],
            "version": 7, "library": LIBRARY, "measured": measured(), **changes,
        }
    )  # fmt: skip


def wide(stages: int, steps: int, lanes: int, text: str = "Card {lane} {step}") -> Sheet:
    """A large sheet of one card per cell; `text` may name its lane and step by number."""
    kinds = ("actions", "pain_points", "opportunities", "text", "backstage", "questions")
    names = [f"p{i}" for i in range(steps)]
    cuts = [range(steps * k // stages, steps * (k + 1) // stages) for k in range(stages)]
    return sheet(
        measured=None,
        paths=[],
        stages=[
            {"id": f"s{k}", "name": f"Stage {k:02}", "steps": [{"id": names[i], "name": f"Step {i:02}"} for i in cut]}
            for k, cut in enumerate(cuts)
        ],
        lanes=[
            {
                "id": f"l{j}", "kind": kinds[j % len(kinds)], "title": f"Lane {j:02}",
                "cells": {p: [{"id": f"c{j}-{i}", "text": text.format(lane=f"{j:02}", step=f"{i:02}")}]
                          for i, p in enumerate(names)},
            }
            for j in range(lanes)
        ],
    )  # fmt: skip
