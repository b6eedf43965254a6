"""KPIs as counts in files: our CSV, and metrics of TheyDo (THEYDO_METRICS_V1) as JSON, in and out.

Our CSV has a row a reading: `kpi`, `kind`, `day`, and a column for each count; other columns are dimensions.
"""

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from desireline.act.kpis.kinds import KINDS, kind_of
from desireline.errors import BadKpiFile, DesirelineError
from desireline.model.day import FIRST, LAST
from desireline.model.kpi import FromReadings, Kpi, KpiAsked, Reading, ReadingsImport

if TYPE_CHECKING:
    from desireline.service.kpis.door import Kpis

FIXED = ("kpi", "kind", "day")
EVERY_COUNT = {name for kind in KINDS.values() for name in kind.counts if not name.endswith("@")}


class Row(NamedTuple):
    """A reading of a file: of which KPI, and where it stands; `more` what else the file says of the KPI."""

    place: str
    kpi: str
    kind: str
    reading: Reading
    more: dict[str, Any]


def imported(kpis: "Kpis", file: Path, origin: Literal["imported", "typed"]) -> ReadingsImport:
    """Keep the readings of a file: a later reading of a day and the same dimensions takes the place of an earlier.

    Raises:
        BadKpiFile: it is no such file, or a row cannot be; nothing is kept.
        BadCounts: counts that cannot be; nothing is kept.
    """
    rows = _rows(file)
    by_kpi: dict[str, list[Row]] = {}
    for row in rows:
        kind_of(row.kind).check(row.reading.counts)
        by_kpi.setdefault(row.kpi, []).append(row)
    every = kpis.all()
    known = {name: one for of in ("id", "name", "key") for one in every if (name := getattr(one, of))}
    for name, of in by_kpi.items():
        _check_kind(file, name, of, known.get(name))
    created: list[str] = []
    changed: list[str] = []
    for name, of in by_kpi.items():
        _keep(kpis, known.get(name), name, of, origin)
        (changed if name in known else created).append(known[name].name if name in known else of[0].more["name"])
    return ReadingsImport(created=created, changed=changed, readings=len(rows))


def _check_kind(file: Path, name: str, rows: list[Row], kept: Kpi | None) -> None:
    kind = kept.kind if kept is not None else rows[0].kind
    wrong = next((row for row in rows if row.kind != kind), None)
    if wrong is not None:
        raise BadKpiFile(file=file.name, place=wrong.place, column="kind", given=wrong.kind, expected=kind)
    if kept is not None and not isinstance(kept.source, FromReadings):
        raise BadKpiFile(file=file.name, place=rows[0].place, column="kpi", given=name, expected="imported, typed")


def _keep(kpis: "Kpis", kept: Kpi | None, name: str, rows: list[Row], origin: Literal["imported", "typed"]) -> None:
    before = kept.source.readings if kept is not None and isinstance(kept.source, FromReadings) else []
    held = {(one.day, *sorted(one.dimensions.items())): one for one in [*before, *(row.reading for row in rows)]}
    source = FromReadings(origin=origin, readings=sorted(held.values(), key=lambda one: one.day))
    if kept is not None:
        kpis.change(kept.id, {"revision": kept.revision, "source": source})
        return
    more = rows[0].more
    kpis.create({"name": name, "kind": rows[0].kind, "source": source, **more})


def _rows(file: Path) -> list[Row]:
    if not file.is_file():
        from desireline.errors import FileMissing

        raise FileMissing(str(file))
    if file.suffix.lower() == ".json":
        return _of_theydo(file)
    return _of_csv(file)


def _of_csv(file: Path) -> list[Row]:
    from desireline.collect.reading import open_table

    table = open_table(file)
    for needed in FIXED:
        if needed not in table.columns:
            raise BadKpiFile(file.name, "1", needed, "", ", ".join((*FIXED, "…")))
    found = []
    for batch in table.batches:
        for line, cells in zip(batch.lines.tolist(), batch.columns.to_pylist(), strict=True):
            found.append(_row(file, str(line), {k: "" if v is None else str(v).strip() for k, v in cells.items()}))
    if not found:
        raise BadKpiFile(file.name, "1", "kpi", "", ", ".join((*FIXED, "…")))
    return found


def _row(file: Path, place: str, cells: dict[str, str]) -> Row:
    counts = {
        name: _number(file, place, name, text)
        for name, text in cells.items() if text and (name in EVERY_COUNT or "@" in name)
    }  # fmt: skip
    others = {k: v for k, v in cells.items() if v and k not in {*FIXED, *EVERY_COUNT} and "@" not in k}
    if not cells["kpi"]:
        raise BadKpiFile(file.name, place, "kpi", "", "NPS")
    reading = Reading(day=_day(file, place, "day", cells["day"]), counts=counts, dimensions=others)
    return Row(place, cells["kpi"], cells["kind"], reading, {"name": cells["kpi"]})


def _number(file: Path, place: str, name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadKpiFile(file.name, place, name, text[:100], "0, 1, 2, …") from None


def _day(file: Path, place: str, name: str, text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        day = None
    if day is None or not FIRST <= day <= LAST:
        raise BadKpiFile(file.name, place, name, text[:100], "2026-03-29")
    return day


# --- TheyDo ------------------------------------------------------------------------------------------------

FORMAT = "THEYDO_METRICS_V1"
NPS = {"promoters": "promoters", "passives": "passives", "detractors": "detractors"}
CSAT = {
    "very_unsatisfied": "veryUnsatisfied", "unsatisfied": "unsatisfied", "neutral": "neutral",
    "satisfied": "satisfied", "very_satisfied": "verySatisfied",
}  # fmt: skip
CES = {"easy": "score", "answers": "respondents"}
RATIO = {"numerator": "numerator", "denominator": "denominator"}
TYPES = {"NPS": ("nps", NPS), "CSAT": ("csat", CSAT), "CES": ("ces_share", CES), "RATIO": ("share", RATIO)}
"""Our kind of each of TheyDo's types, and what our counts are called there."""

WAYS = {"up": "MORE_THAN_OR_EQUAL_TO", "down": "LESS_THAN_OR_EQUAL_TO"}


def _of_theydo(file: Path) -> list[Row]:
    try:
        document = json.loads(file.read_text(encoding="utf-8-sig"))
        if document["format"] != FORMAT:
            raise BadKpiFile(file.name, "1", "format", str(document["format"])[:100], FORMAT)
        return [
            _point(file, metric, f"metrics[{m}].dataPoints[{p}]", point)
            for m, metric in enumerate(document["metrics"]) for p, point in enumerate(metric["dataPoints"])
        ]  # fmt: skip
    except DesirelineError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadKpiFile(file.name, "metrics", "format", str(error)[:100], FORMAT) from None


def _point(file: Path, metric: dict[str, Any], place: str, point: dict[str, Any]) -> Row:
    day = _day(file, place, "dateOfMeasurement", str(point["dateOfMeasurement"]))
    if metric["type"] == "OTHER":
        value = _number(file, place, "value", str(point["value"]))
        kind, counts = "number", {"readings": 1.0, "sum": value, "sum_of_squares": value * value}
    elif metric["type"] in TYPES:
        kind, names = TYPES[metric["type"]]
        counts = {ours: _number(file, place, theirs, str(point[theirs])) for ours, theirs in names.items()}
    else:
        raise BadKpiFile(file.name, place, "type", str(metric["type"])[:100], "CES, CSAT, NPS, RATIO, OTHER")
    reading = Reading(day=day, counts=counts, dimensions={d["key"]: d["value"] for d in point.get("dimensions", ())})
    return Row(place, metric["importKey"], kind, reading, _said(metric, kind))


def _said(metric: dict[str, Any], kind: str) -> dict[str, Any]:
    """What TheyDo says of a metric besides its points; targets of shares and NPS are percentages there."""
    more: dict[str, Any] = {"name": metric["title"], "key": metric["importKey"]}
    if metric.get("description"):
        more["description"] = metric["description"]
    if metric.get("ownerEmail"):
        more["owner"] = metric["ownerEmail"]
    if metric.get("target") is not None:
        share = KINDS[kind].unit == "share"
        more["target"] = {"value": metric["target"] / 100 if share else metric["target"]}
    way = {theirs: ours for ours, theirs in WAYS.items()}.get(metric.get("targetComparisonOperator", ""))
    return {**more, **({"direction": way} if way else {})}


def exported(kpis: "Kpis", form: Literal["csv", "theydo"], by: Literal["day", "week", "month"]) -> str:
    """All KPIs with their counts: readings as they are, others of every period of the usual window."""
    listed = [(one, _readings(kpis, one, by)) for one in kpis.all()]
    return _as_theydo(listed) if form == "theydo" else _as_csv(listed)


def _readings(kpis: "Kpis", kpi: Kpi, by: Literal["day", "week", "month"]) -> list[Reading]:
    if isinstance(kpi.source, FromReadings):
        return kpi.source.readings
    series = kpis.measure(kpi.id, KpiAsked(by=by, previous=False))
    return [Reading(day=point.since, counts=point.figure.counts) for point in series.points if point.over]


def _as_csv(listed: list[tuple[Kpi, list[Reading]]]) -> str:
    from desireline.collect.exporting import csv_text

    counts = list(dict.fromkeys(name for _, readings in listed for one in readings for name in one.counts))
    others = list(dict.fromkeys(name for _, readings in listed for one in readings for name in one.dimensions))
    rows = [
        [kpi.name, kpi.kind, one.day.isoformat(), *(one.counts.get(name) for name in counts),
         *(one.dimensions.get(name) for name in others)]
        for kpi, readings in listed for one in readings
    ]  # fmt: skip
    return csv_text((*FIXED, *counts, *others), rows)


def _as_theydo(listed: list[tuple[Kpi, list[Reading]]]) -> str:
    metrics = [_metric(kpi, readings) for kpi, readings in listed if readings]
    return json.dumps({"format": FORMAT, "metrics": metrics}, ensure_ascii=False, indent=2)


def _metric(kpi: Kpi, readings: list[Reading]) -> dict[str, Any]:
    from desireline.service.kpis.measuring import direction_of

    kind = KINDS[kpi.kind]
    points = [(one, _values(kpi.kind, one.counts)) for one in readings]
    found: dict[str, Any] = {
        "type": _type(kpi.kind), "importKey": kpi.key or kpi.id, "title": kpi.name,
        "unit": kpi.currency or {"share": "%", "score": "points"}.get(kind.unit, kind.unit),
    }  # fmt: skip
    if kpi.description:
        found["description"] = kpi.description
    if kpi.owner and "@" in kpi.owner:
        found["ownerEmail"] = kpi.owner
    if kpi.target is not None:
        found["target"] = kpi.target.value * (100 if kind.unit == "share" else 1)
        found["targetComparisonOperator"] = WAYS[direction_of(kpi)]
    if found["type"] == "OTHER":
        found["aggregationMethod"] = "AVERAGE"
    found["dataPoints"] = [
        {"dateOfMeasurement": one.day.isoformat(), **values,
         **({"dimensions": [{"key": k, "value": v} for k, v in one.dimensions.items()]} if one.dimensions else {})}
        for one, values in points if values
    ]  # fmt: skip
    return found


def _type(kind: str) -> str:
    if kind in {"csat", "csat_mean", "agent_satisfaction"}:
        return "CSAT"
    if kind in {"ces_share", "ces2_easy"}:
        return "CES"
    return "NPS" if kind == "nps" else "RATIO" if KINDS[kind].family == "rates" or kind == "share" else "OTHER"


def _values(kind: str, counts: dict[str, float]) -> dict[str, float]:
    """A point's values as TheyDo names them; a rate by its value and n; nothing without a value."""
    made = _type(kind)
    if kind == "ces2_easy":
        answers = [counts.get(f"score_{k}", 0.0) for k in range(1, 8)]
        return {"score": sum(answers[4:]), "respondents": sum(answers)}
    if made in {"NPS", "CSAT", "CES"}:
        names = next(names for ours, names in TYPES.values() if TYPES[made][1] is names)
        return {theirs: counts.get(ours, 0.0) for ours, theirs in names.items()}
    figure = KINDS[kind].compute(counts)
    if figure.value is None:
        return {}
    if made == "RATIO":
        return {"numerator": round(figure.value * figure.n), "denominator": figure.n}
    return {"value": figure.value}
