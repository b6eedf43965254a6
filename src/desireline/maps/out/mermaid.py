"""The map as a Mermaid `journey`: a section per stage, a task per step, its feeling as the score.

An emotion e of -2..+2 is the score round(e) + 3. Mermaid knows no gap: a step without evidence gets the neutral 3, and
a comment before it says so.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from desireline.i18n import translate
from desireline.maps.out import Request
from desireline.maps.out.kept import kept
from desireline.model.journey_map import Lane, Step
from desireline.model.measured import EmotionCurve, Sheet

LOSES: Final = ("ids", "map_fields", "descriptions", "lanes", "emotion_rounded", "emotion_gaps", "signs", "paths")
GAP: Final = "%% no evidence for the next task"
_KEYWORD: Final = re.compile(r"(?:journey\b|(?:title|section)\s|accTitle|accDescr)", re.IGNORECASE)


def write(request: Request) -> bytes:
    """The diagram of everyone: of the first emotion lane, or without scores if there is none."""
    return next(iter(diagrams(request).values())).encode()


def diagrams(request: Request) -> dict[str, str]:
    """One diagram per curve, by whose it is: the segment measured, or the lane where points were set by hand.

    Steps where a curve has a gap take the point set by hand, if there is one.
    """
    sheet = kept(request)
    found: dict[str, str] = {}
    for lane in (lane for lane in sheet.lanes if lane.kind == "emotion"):
        by_hand = _by_hand(sheet, lane)
        curves = [
            c for c in (sheet.measured.emotion if sheet.measured else ()) if c.lane == lane.id and c.of == "scores"
        ]
        for curve in curves:
            found.setdefault(curve.segment or "", _diagram(request, sheet, by_hand | _measured(curve), curve.segment))
        if not curves:
            found.setdefault(lane.title or "", _diagram(request, sheet, by_hand, lane.title))
    return found or {"": _diagram(request, sheet, {}, None)}


def _by_hand(sheet: Sheet, lane: Lane) -> dict[str, float]:
    steps = {step.id: [c.value for c in lane.cells.get(step.id, []) if c.value is not None] for step in sheet.steps()}
    return {step: sum(values) / len(values) for step, values in steps.items() if values}


def _measured(curve: EmotionCurve) -> dict[str, float]:
    return {point.step: point.value for point in curve.points if point.value is not None}


def _diagram(request: Request, sheet: Sheet, feelings: Mapping[str, float], whose: str | None) -> str:
    title = f"{sheet.name} – {whose}" if whose else sheet.name
    lines = [f"%% {_clean(f'{sheet.id} · {request.grid.subtitle} · {request.grid.footer}')}", "journey"]
    lines += [f"    accTitle: {_clean(title)}", f"    title {_clean(title)}"]
    for stage in sheet.stages:
        lines.append(f"    section {_clean(stage.name) or '–'}")
        for step in stage.steps:
            lines += _task(request, sheet, step, stage.name, feelings.get(step.id))
    return "\n".join(lines) + "\n"


def _task(request: Request, sheet: Sheet, step: Step, stage: str, feeling: float | None) -> Iterator[str]:
    name = _clean(step.name) or _clean(stage) or "–"
    name = f"“{name}”" if _KEYWORD.match(name) else name
    if feeling is None:
        yield f"        {GAP}"
    score = 3 if feeling is None else max(1, min(5, round(feeling) + 3))
    actors = [_clean(name).replace(",", " ") for name in _channels(sheet, step)]
    yield f"        {name}: {score}: {', '.join(actors) or translate(request.language, 'map.mermaid.customer')}"


def _channels(sheet: Sheet, step: Step) -> list[str]:
    """Names of the channels of a step's touchpoints, each once."""
    library = {item.id: item for item in sheet.library}
    found: dict[str, None] = {}
    for lane in (lane for lane in sheet.lanes if lane.kind == "touchpoints"):
        for card in lane.cells.get(step.id, []):
            item = library.get(card.ref or "")
            channel = library.get((item.channel if item else None) or lane.channel or "")
            if channel:
                found[channel.name] = None
    return list(found)


def _clean(text: str) -> str:
    """Without the signs that Mermaid's grammar keeps for itself: `#`, `:`, `;`, `%%` and line breaks.

    >>> _clean("Step #1: search; then 100%% sure")
    'Step 1 – search, then 100% sure'
    """
    text = re.sub(r"\s*:\s*", " – ", text.replace("#", "").replace(";", ","))
    return re.sub(r"\s+", " ", re.sub(r"%+", "%", text)).strip()
