"""The map as TheyDo's import files in one archive: metrics as counts, insights and opportunities.

Each file is written only if the map has something for it. Shares are RATIO with numerator and denominator; people are
OTHER values that add up; durations and mean scores are OTHER values, because the map knows no answer counts per score.
A map has no solutions; answers of people are events and stay in the workspace.
"""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from desireline.i18n import translate
from desireline.maps import prose
from desireline.maps.out import Request
from desireline.maps.out.figures import card_name
from desireline.maps.out.kept import kept
from desireline.model.journey_map import Card, LaneKind, MapStage, Step
from desireline.model.measured import Figure, Proof, Sheet

LOSES: Final = (
    "ids",
    "map_fields",
    "lanes_but_insights",
    "steps_without_cards",
    "card_fields",
    "figures_as_typed",
    "answer_counts",
    "paths",
)
PLACE: Final = " › "
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_UNITS: Final = {"seconds": "s", "score": "", "people": ""}

Json = dict[str, Any]


def write(request: Request) -> bytes:
    """A ZIP archive of `metrics.json`, `insights.json` and `opportunities.json`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, document in files(request).items():
            text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
            archive.writestr(zipfile.ZipInfo(f"{name}.json", _FIRST_DAY), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def files(request: Request) -> dict[str, Json]:
    """The documents by what they hold."""
    sheet = kept(request)
    told = {
        "metrics": list(_metrics(request, sheet)),
        "insights": [*_cards(request, sheet, "pain_points"), *_cards(request, sheet, "thoughts")],
        "opportunities": list(_cards(request, sheet, "opportunities")),
    }
    return {name: {"format": f"THEYDO_{name.upper()}_V1", name: listed} for name, listed in told.items() if listed}


def _placed(sheet: Sheet, kind: LaneKind) -> Iterator[tuple[MapStage, Step, Card]]:
    for lane in (lane for lane in sheet.lanes if lane.kind == kind):
        for stage in sheet.stages:
            for step in stage.steps:
                for card in lane.cells.get(step.id, []):
                    yield stage, step, card


def _cards(request: Request, sheet: Sheet, kind: LaneKind) -> Iterator[Json]:
    """Insights or opportunities. `type` names the lane, which both read back."""
    for stage, step, card in _placed(sheet, kind):
        title = prose.plain(card.text)
        if not title:
            continue
        places = (("stage", stage.name), ("step", step.name))
        told = {
            "importKey": f"{sheet.id}.{card.id}",
            "title": title,
            "description": card.text if card.text != title else None,
            "externalLinks": [card.url] if card.url else None,
            "type": translate(request.language, f"map.lane.{kind}"),
            "tags": list(card.tags),
            "groupTags": [
                {"tagGroup": translate(request.language, f"map.workbook.{what}"), "tag": name}
                for what, name in places
                if name
            ],
        }
        yield {key: value for key, value in told.items() if value}


def _metrics(request: Request, sheet: Sheet) -> list[Json]:
    """What is measured of stages and what is typed or measured on cards, in the order of the map."""
    day = (sheet.measured.as_of if sheet.measured else dt.datetime.now(dt.UTC)).date()
    order = {place: k for k, place in enumerate((s.id, t.id) for s in sheet.stages for t in s.steps)}
    told: list[tuple[int, Json]] = []
    for stage in sheet.stages:
        told += [(order[stage.id, stage.steps[0].id], metric) for metric in _of_stage(request, sheet, stage, day)]
    for kind in ("touchpoints", "metrics", "pain_points"):
        for stage, step, card in _placed(sheet, kind):
            if metric := _of_card(request, sheet, _place(stage, step), card, day):
                told.append((order[stage.id, step.id], metric))
    return [metric for _, metric in sorted(told, key=lambda pair: pair[0])]


def _of_stage(request: Request, sheet: Sheet, stage: MapStage, day: dt.date) -> Iterator[Json]:
    if counted := sheet.measured.stages.get(stage.id) if sheet.measured else None:
        when, place = counted.proof.until or day, _place(stage, None)
        people, goes_on = (_say(request, name) for name in ("people", "goes_on"))
        yield _metric(sheet, f"{stage.id}.people", people, place, _other(counted.people, when, "SUM"), None)
        if counted.goes_on_share is not None:
            ratio = _ratio(counted.goes_on, counted.people, when)
            yield _metric(sheet, f"{stage.id}.goes_on", goes_on, place, ratio, "%")


def _of_card(request: Request, sheet: Sheet, place: str, card: Card, day: dt.date) -> Json | None:
    """The measured figure, else the typed one."""
    if figure := _figure(sheet, card):
        question = _say(request, card.bind.question if card.bind else "people")
        title = ": ".join(filter(None, (card_name(sheet, card), question)))
        points, unit = _points(figure, day)
        return _metric(sheet, f"{card.id}.measured", title, place, points, unit)
    if card.value is None:
        return None
    return _metric(sheet, card.id, card_name(sheet, card), place, _other(card.value, day), card.unit)


def _metric(sheet: Sheet, key: str, title: str, place: str, told: Json, unit: str | None) -> Json:
    head = {"type": told.pop("type"), "importKey": f"{sheet.id}.{key}", "title": title or key}
    return {**head, "unit": unit or "", **({"description": place} if place else {}), **told}


def _figure(sheet: Sheet, card: Card) -> Figure | None:
    found = sheet.measured.cards.get(card.id) if sheet.measured else None
    return found.figure if found and found.figure and found.figure.value is not None else None


def _points(figure: Figure, day: dt.date) -> tuple[Json, str]:
    value, when = figure.value or 0.0, _until(figure.proof, day)
    if figure.unit == "share" and figure.of:
        return _ratio(round(value * figure.of), figure.of, when), "%"
    if figure.unit == "share":
        return _other(100 * value, when), "%"
    return _other(value, when, "SUM" if figure.unit == "people" else "AVERAGE"), _UNITS[figure.unit]


def _until(proof: Proof, day: dt.date) -> dt.date:
    return proof.until or day


def _ratio(part: int, whole: int, day: dt.date) -> Json:
    point = {"dateOfMeasurement": day.isoformat(), "numerator": part, "denominator": whole}
    return {"type": "RATIO", "dataPoints": [point]}


def _other(value: float, day: dt.date, method: str = "AVERAGE") -> Json:
    point = {"dateOfMeasurement": day.isoformat(), "value": value}
    return {"type": "OTHER", "aggregationMethod": method, "dataPoints": [point]}


def _place(stage: MapStage, step: Step | None) -> str:
    return PLACE.join(name for name in (stage.name, step.name if step else "") if name)


def _say(request: Request, question: str) -> str:
    return translate(request.language, f"map.question.{question}")
