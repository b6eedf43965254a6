"""What the templates set: all words and numbers of a map as finished texts, cut into pages of stages.

Templates get nothing else, so a name can only ever be text in them, never markup.
"""

from typing import Any, Literal

from desireline.i18n import date, number, translate
from desireline.maps import wording
from desireline.maps.prose import breakable
from desireline.model.map import (
    EmptyCell,
    EvidenceLane,
    MapDocument,
    MapStage,
    MapTouchpoint,
    PathLane,
    TouchpointCell,
    TouchpointLane,
)

Json = dict[str, Any]
Paper = Literal["A3", "A4"]

STAGES_PER_PAGE: dict[Paper, int] = {"A3": 8, "A4": 5}
SCALE: dict[Paper, float] = {"A3": 1.0, "A4": 0.88}
"""Of letters and margins."""

TITLE_SIGNS, LINE_SIGNS = 62, 165
"""About how many letters of the title and of the lines below it stand side by side on the narrowest page."""

SMALL = 20
"""Counts below it are coloured: a few people are no pattern."""


def view(document: MapDocument, language: str, paper: Paper | None) -> Json:
    """The whole map for the template.

    Args:
        document: the map.
        language: en, pl or hr.
        paper: None for one picture of the size that it takes.
    """
    most = STAGES_PER_PAGE[paper] if paper else max(1, len(document.stages))
    footer = {"version": document.definition_version, "date": date(language, document.drawn)}
    lines = [subtitle(language, document), wording.filters(language, document.filters)]
    return {
        "language": language,
        "paper": paper,
        "scale": SCALE[paper] if paper else 1.0,
        "title": breakable(document.name),
        "title-rows": _rows_of(document.name, TITLE_SIGNS),
        "lines": [breakable(line) for line in lines if line],
        "line-rows": sum(_rows_of(line, LINE_SIGNS) for line in lines if line),
        "empty": None if document.stages else translate(language, "map.stages_none"),
        "words": {key: translate(language, f"map.{key}") for key in _WORDS},
        "page": translate(language, "map.page", page="{page}", pages="{pages}"),
        "footer": translate(language, "map.footer", **{k: str(v) for k, v in footer.items()}),
        "legend": [
            {"grade": g, "text": translate(language, f"map.evidence.{g}")} for g in ("measured", "some", "assumed")
        ],
        "most": max((s.people for s in document.stages), default=0),
        "sheets": [_sheet(document, language, cut) for cut in _cuts(len(document.stages), most)],
        "notes": [breakable(note) for note in notes(language, document)],
    }


_WORDS = (
    "lane.path", "lane.path.note", "lane.next", "lane.next.note", "lane.switches", "lane.switches.note",
    "lane.touchpoints", "lane.touchpoints.note", "lane.continued",
)  # fmt: skip


def _rows_of(text: str, signs: int) -> int:
    return 1 + len(text) // signs


def _cuts(n: int, most: int) -> list[range]:
    """`n` stages on as few sheets as needed, about equally many on each."""
    sheets = -(-n // most)
    return [range(n * i // sheets, n * (i + 1) // sheets) for i in range(sheets)]


def _sheet(document: MapDocument, language: str, shown: range) -> Json:
    part = {"first": shown.start + 1, "last": shown.stop, "n": len(document.stages)}
    return {
        "range": translate(language, "map.stages_shown", **part) if len(shown) < len(document.stages) else None,
        "stages": [_stage(document, language, k) for k in shown],
        "before": _flow(document.stages[shown.start - 1]) if shown.start else None,
        "channels": _channels(document, language, shown),
        "waiting": [_waiting(lane, language) for lane in document.lanes if isinstance(lane, EvidenceLane)],
    }


def _flow(stage: MapStage) -> Json:
    return {"people": stage.people, "goes_on": stage.goes_on, "dropped": stage.dropped, "open": stage.open}


def _stage(document: MapDocument, language: str, k: int) -> Json:
    stage = document.stages[k]
    return {
        **_flow(stage),
        "name": breakable(stage.name),
        "count": number(language, stage.people),
        "unit": translate(language, f"map.unit.{document.grain}", n=stage.people),
        "share": wording.share(language, stage.share),
        "grade": stage.evidence.grade,
        "leave": number(language, stage.dropped),
        "last": k == len(document.stages) - 1,
        "next": _next(document, language, k),
        "switches": [
            {"text": breakable(f"{s.from_} → {s.to}"), "count": number(language, s.people), "small": s.people < SMALL}
            for s in stage.channel_switches
        ],
        "no_switches": translate(language, "map.switches.none"),
        "needs": _needs(document, language, k),
    }


def _next(document: MapDocument, language: str, k: int) -> list[Json]:
    """What became of the people of a stage: label, number and share."""
    stage, after = document.stages[k], len(document.stages) - 1 - k
    rows = [("dropped", stage.dropped), ("open", stage.open)]
    if after:
        skips = [("skips", _skips(document, k))] if after > 1 else []
        rows = [("goes_on", stage.goes_on), *skips, *rows, ("loops", stage.loops)]
    told = [
        {
            "label": translate(language, f"map.next.{kind}"),
            "value": number(language, n),
            "share": wording.share(language, n / stage.people if stage.people else None),
            "look": "strong" if kind == "goes_on" else "plain" if n else "faint",
        }
        for kind, n in rows
    ]
    if stage.median_seconds_to_later is not None:
        median = wording.duration(language, stage.median_seconds_to_later)
        told.append({"label": translate(language, "map.next.median"), "value": median, "share": "", "look": "plain"})
    return told


def _skips(document: MapDocument, k: int) -> int:
    """Who went on past the very next stage."""
    path = next(lane for lane in document.lanes if isinstance(lane, PathLane))
    return sum(flow.people for flow in path.cells[k].onward if flow.to > k + 2)


def _needs(document: MapDocument, language: str, k: int) -> str | None:
    for lane in document.lanes:
        if isinstance(lane, TouchpointLane) and lane.cells[k].needs:
            return translate(language, f"map.needs.{lane.cells[k].needs}")
    return None


def _channels(document: MapDocument, language: str, shown: range) -> list[Json]:
    """Rows of touchpoints by channel, the channel that most people met first; row i holds each stage's i-th."""
    cells = [c for lane in document.lanes if isinstance(lane, TouchpointLane) for c in lane.cells]
    people: dict[str | None, int] = {}
    for touchpoint in (t for cell in cells for t in cell.touchpoints):
        people[touchpoint.channel] = people.get(touchpoint.channel, 0) + touchpoint.people
    ordered = sorted(people, key=lambda name: (-people[name], name or ""))
    rows = [(name, _rows([cells[k] for k in shown], name, language)) for name in ordered]
    return [{"name": breakable(wording.channel(language, name)), "rows": found} for name, found in rows if found]


def _rows(cells: list[TouchpointCell], channel: str | None, language: str) -> list[list[Json | None]]:
    columns = [[_touchpoint(t, language) for t in c.touchpoints if t.channel == channel] for c in cells]
    depth = max((len(column) for column in columns), default=0)
    return [[column[i] if i < len(column) else None for column in columns] for i in range(depth)]


def _touchpoint(touchpoint: MapTouchpoint, language: str) -> Json:
    evidence = touchpoint.evidence
    remarks = []
    if touchpoint.people == 0:
        remarks.append(translate(language, "map.evidence.nobody"))
    elif evidence.grade == "some" and evidence.n >= SMALL:
        remarks.append(translate(language, "map.evidence.last_seen", date=wording.day(language, evidence.last_true)))
    if touchpoint.caveat:
        remarks.append(translate(language, f"map.caveat.{touchpoint.caveat}"))
    return {
        "name": breakable(touchpoint.name),
        "count": number(language, touchpoint.people),
        "small": touchpoint.people < SMALL,
        "part": touchpoint.share or 0.0,
        "share": wording.share(language, touchpoint.share),
        "grade": evidence.grade,
        "remarks": remarks,
    }


def _waiting(lane: EvidenceLane, language: str) -> Json:
    """A lane without evidence says once what would fill it."""
    needs = dict.fromkeys(cell.needs for cell in lane.cells if isinstance(cell, EmptyCell))
    sentences = [translate(language, f"map.needs.{code}") for code in needs]
    return {"name": translate(language, f"map.lane.{lane.kind}"), "needs": " ".join(sentences)}


def window(language: str, document: MapDocument) -> str:
    """The days that the map looked at."""
    if document.data_since is None or document.data_until is None:
        return "–"
    return f"{date(language, document.data_since)} – {date(language, document.data_until)}"


def subtitle(language: str, document: MapDocument) -> str:
    """What the map shows, of whom, when, and how much of it is measured."""
    grades = [evidence.grade for evidence in document.cells()]
    parts = [
        translate(language, "map.kind.current"),
        wording.counted(language, document.people_in_scope, document.grain),
        wording.counted(language, document.events, "event"),
        window(language, document),
        translate(language, "map.coverage", measured=grades.count("measured"), cells=len(grades)),
    ]
    if document.goal is not None and document.goal_people is not None:
        reached = wording.counted(language, document.goal_people, document.grain)
        goal_share = wording.share(language, document.goal_share)
        parts.insert(4, translate(language, "map.goal", goal=document.goal, reached=reached, share=goal_share))
    return " · ".join(parts)


def notes(language: str, document: MapDocument) -> list[str]:
    """What the map does not show, and how far its order of stages holds."""
    told = []
    if document.unplaced:
        names = [f"{t.name} ({wording.counted(language, t.people, document.grain)})" for t in document.unplaced]
        more = [translate(language, "map.note.more", n=len(names) - 12)] if len(names) > 12 else []
        told.append(translate(language, "map.note.unplaced", names=", ".join(names[:12] + more)))
    if document.outside_definition:
        events = wording.counted(language, document.outside_definition, "event")
        told.append(translate(language, "map.note.outside", events=events))
    for cut in document.cut:
        what = translate(language, f"map.cut.{cut.what}")
        told.append(translate(language, "map.note.cut", what=what, kept=cut.kept, total=cut.total))
    if document.coherence is not None:
        told.append(translate(language, "map.note.coherence", share=wording.share(language, document.coherence)))
    return told


def description(language: str, document: MapDocument) -> str:
    """The map in one paragraph, for those who hear it instead of seeing it."""
    told = []
    for k, stage in enumerate(document.stages, 1):
        key = "map.description.last" if k == len(document.stages) else "map.description.stage"
        people, goes_on = (
            wording.counted(language, stage.people, document.grain),
            wording.share(language, stage.goes_on_share),
        )
        told.append(translate(language, key, name=stage.name, people=people, share=goes_on))
    return translate(language, "map.description", window=window(language, document), stages=" ".join(told))
