"""What TheyDo's published schemas ask of import files, in short: fields, types, and that nothing else is there."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"}
TEXTS: Schema = {"type": "array", "items": TEXT}


def closed(required: Schema, optional: Schema) -> Schema:
    """An object with these fields and no others."""
    fields = {**required, **optional}
    return {"type": "object", "properties": fields, "required": list(required), "additionalProperties": False}


TAGGED = closed({"tagGroup": TEXT, "tag": TEXT}, {})
THING = {
    "description": TEXT, "status": TEXT, "type": TEXT, "externalLinks": TEXTS, "tags": TEXTS, "groups": TEXTS,
    "groupTags": {"type": "array", "items": TAGGED},
}  # fmt: skip
POINTS = {
    "CES": {"score": NUMBER, "respondents": COUNT},
    "CSAT": dict.fromkeys(("veryUnsatisfied", "unsatisfied", "neutral", "satisfied", "verySatisfied"), COUNT),
    "NPS": dict.fromkeys(("promoters", "passives", "detractors"), COUNT),
    "RATIO": {"numerator": NUMBER, "denominator": NUMBER},
    "OTHER": {"value": NUMBER},
}


def metric(kind: str) -> Schema:
    """A metric of one type."""
    point = closed({"dateOfMeasurement": DAY, **POINTS[kind]}, {})
    more = {"aggregationMethod": {"enum": ["SUM", "AVERAGE"]}} if kind == "OTHER" else {}
    fields = {"importKey": TEXT, "title": TEXT, "unit": TEXT, "dataPoints": {"type": "array", "items": point}, **more}
    return closed({"type": {"const": kind}, **fields}, {"description": TEXT})


def document(name: str, item: Schema) -> Schema:
    """A file of things of one kind."""
    return closed({"format": {"const": f"THEYDO_{name.upper()}_V1"}, name: {"type": "array", "items": item}}, {})


SCHEMAS = {
    "metrics": document("metrics", {"oneOf": [metric(kind) for kind in POINTS]}),
    "insights": document(
        "insights",
        closed({"importKey": TEXT, "title": TEXT}, {**THING, "icon": TEXT, "empathyScore": NUMBER, "weight": NUMBER}),
    ),
    "opportunities": document("opportunities", closed({"importKey": TEXT, "title": TEXT}, THING)),
}
