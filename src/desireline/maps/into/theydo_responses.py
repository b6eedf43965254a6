"""Answers of people in TheyDo's files as events: rows that `desireline import` reads, with the mapping that reads them.

Each field of type TEXT that somebody filled is an event of its own, with the scale that its name and its answers tell;
tags and personas of a response stand as properties with each of them. The files know no persons, so every response is a
case of its own: it counts as feedback and is never joined to anybody.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from desireline.collect.told_scales import labels_of, scale_of
from desireline.errors import MapUnreadable
from desireline.maps.into.json import document
from desireline.maps.into.theydo import FORM, RESPONSES
from desireline.model.feedback_mapping import MOST_ANSWERS, Answer, FeedbackMapping
from desireline.model.mapping import ChannelMapping, Mapping, PersonColumn, TextSource, TimeMapping

_HEADS: Final = {"THEYDO_SURVEY_RESPONSES_V1": "survey", "THEYDO_FEEDBACK_RESPONSES_V1": "feedback"}
_OWN: Final = ("response_id", "time", "event", "source_id")

Json = dict[str, Any]


@dataclass(frozen=True)
class Responses:
    """Answers as rows. `lines`: JSON Lines, UTF-8; the import rejects those without an id or a time, and keeps them."""

    name: str
    lines: bytes
    mapping: Mapping
    rows: int


def read(file: str, data: bytes) -> Responses:
    """The answers of one file.

    Raises:
        MapUnreadable: damaged, or no file of answers.
    """
    values = document(file, data, FORM)
    if not isinstance(values, dict) or values.get("format") not in RESPONSES:
        raise MapUnreadable(file, FORM, "not_a_map", ", ".join(RESPONSES))
    head = _HEADS[values["format"]]
    about = _dict(values.get(f"{head}Metadata"))
    fields = _fields(about.get(f"{head}Fields"))
    answers = [_dict(answer) for answer in values.get("responses") or []]
    told = [
        {f["fieldId"]: f.get("textValue", "") for f in map(_dict, a.get("responseFields") or []) if f.get("fieldId")}
        for a in answers
    ]
    name = str(about.get(f"{head}Name") or head)
    source = str(about.get(f"{head}Id") or "")
    rows = [_row(answer, said, fields, name, source) for answer, said in zip(answers, told, strict=True)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    asked = [
        _answer(key, column, [str(said[key]) for said in told if said.get(key)])
        for key, (column, kind) in fields.items()
        if kind == "TEXT"
    ]
    return Responses(name, lines, _mapping(head, name, asked), len(rows))


def _fields(listed: object) -> dict[str, tuple[str, str]]:
    """Column and type by id, without those to be ignored; columns never bear one of our own names, nor a name twice."""
    found: dict[str, tuple[str, str]] = {}
    taken = set(_OWN)
    for field in map(_dict, listed if isinstance(listed, list) else []):
        kind = str(field.get("fieldType") or "TEXT")
        if field.get("fieldId") and kind != "IGNORE":
            base = str(field.get("fieldName") or field["fieldId"])
            column = next(c for k in range(1, len(taken) + 2) if (c := base if k == 1 else f"{base} {k}") not in taken)
            taken.add(column)
            found[str(field["fieldId"])] = (column, kind)
    return found


def _row(answer: Json, said: Json, fields: dict[str, tuple[str, str]], name: str, source: str) -> Json:
    row = {"response_id": answer.get("responseId"), "time": answer.get("responseDateTime"), "event": name}
    told = {column: str(said[key]) for key, (column, _) in fields.items() if said.get(key)}
    return {**row, "source_id": source, **told}


def _answer(question: str, column: str, values: list[str]) -> Answer:
    scale = scale_of(column, values) if values else None
    return Answer(
        column=column, question=question, question_text=column, scale=scale, labels=labels_of(scale, values)
    )  # fmt: skip


def _mapping(head: str, name: str, asked: list[Answer]) -> Mapping:
    return Mapping(
        person=[PersonColumn(column="response_id", type="case")],
        time=TimeMapping(column="time", zone="UTC"),
        event=TextSource(column="event"),
        channel=ChannelMapping(constant=head),
        event_id="response_id",
        feedback=FeedbackMapping(survey=name, answers=asked[:MOST_ANSWERS]) if asked else None,
        properties="all",
    )


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}
