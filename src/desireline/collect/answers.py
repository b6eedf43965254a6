"""SQL that makes events of a row's answers: one each, with its question, its scale, and its score the right way up.

A row that is none gives one reject, not one for each of its questions; an answer that is not on its scale gives one of
its own, beside the events of the row's other answers.
"""

from typing import Final

import duckdb
import pyarrow as pa

from desireline.collect.fields import NO_NUMBER, number_of
from desireline.collect.sql import Column, quoted, run
from desireline.model.feedback_mapping import Answer, FeedbackMapping, Invitation
from desireline.model.mapping import NumberColumn
from desireline.model.scales import BUCKETS, REVERSED, Scale

GIVEN: Final = pa.schema(
    [
        ("a_place", pa.int64()),  # of the row in its batch
        ("a_order", pa.int64()),  # of the answer in the mapping
        ("a_event", pa.string()),
        ("a_question", pa.string()),
        ("a_question_text", pa.string()),
        ("a_scale", pa.string()),
        ("a_answer", pa.string()),
        ("a_score", pa.float64()),
        ("a_text", pa.string()),
        ("a_reason", pa.string()),
    ]
)
"""An answer as `given` finds it."""

_NULL: Final = "CAST(NULL AS VARCHAR)"
_FRACTIONS: Final = ("stars_5", "number")
_LEADING: Final = r"^([+-]?\d+)\s*(?:[-–—:=(]\s*[^\d\s]|\s[^\d\s–-])"
"""`5 - Very satisfied` and `5 stars` are fives, `1-2` and `4/5` are no whole answers."""

_UP: Final = ("good", "goodwithcomment", "up", "yes", "true", "positive", "👍", "dobrze", "tak", "dobro", "da")
_DOWN: Final = ("bad", "badwithcomment", "down", "no", "false", "negative", "👎", "źle", "nie", "loše", "ne")
_THUMBS: Final = {**dict.fromkeys(_UP, 1.0), **dict.fromkeys(_DOWN, 0.0)}


def given(
    con: duckdb.DuckDBPyConnection, feedback: FeedbackMapping, columns: dict[str, Column], raw: pa.Table
) -> pa.Table:
    """Every answer that somebody gave, by row and in the mapping's order, as `GIVEN`.

    One small query for each column of answers: a single one over all of them takes the engine minutes to plan.
    """
    known = [a for a in feedback.answers if a.column in columns]
    found = [run(con, _query(a, k, columns), batch=raw).cast(GIVEN) for k, a in enumerate(known)]
    return pa.concat_tables([GIVEN.empty_table(), *found])


def exploded(rows: str, reason: str) -> str:
    """A query with a row for each answer of each row, or one without; `given` is a table.

    Args:
        rows: a query over `batch` with the row's own fields.
        reason: SQL of the reason why a row is none, over `rows`: it gives one reject, not one for each answer.
    """
    return (
        f"SELECT * FROM (SELECT *, {reason} AS refused FROM ({rows})) r "
        "LEFT JOIN given a ON a.a_place = r.place AND r.refused IS NULL ORDER BY place, a_order"
    )


def name(feedback: FeedbackMapping) -> str:
    """The event's name, over `exploded`."""
    invited = quoted(feedback.invitation.event) if feedback.invitation else _NULL
    return f"CASE WHEN a_place IS NULL AND refused IS NULL THEN {invited} ELSE coalesce(a_event, f_name) END"


def reason(feedback: FeedbackMapping, columns: dict[str, Column], refused: str) -> str:
    """Why an answer is none, over `exploded`: as its row, or by itself.

    Args:
        feedback: the section.
        columns: the file's.
        refused: SQL of the reason why an event with answer is none.
    """
    asked = _asked(feedback.invitation, columns)
    return (
        f"CASE WHEN refused IS NOT NULL THEN refused WHEN a_place IS NOT NULL THEN coalesce({refused}, a_reason) "
        f"WHEN NOT {asked} THEN 'no_answer' END"
    )


def properties(feedback: FeedbackMapping, columns: dict[str, Column]) -> str:
    """The row's other properties with those of its answer, over `exploded`."""
    survey = _coalesced(feedback.survey_column, feedback.survey, columns)
    asked = _asked(feedback.invitation, columns)
    invitation = _word(feedback.invitation.column, columns) if feedback.invitation else _NULL
    values = {
        "survey": survey,
        "question": "a_question",
        "question_text": "a_question_text",
        "scale": "a_scale",
        "answer": "a_answer",
        "language": _word(feedback.language_column, columns),
        "invitation": f"CASE WHEN {asked} THEN {invitation} END",
    }
    pairs = ", ".join(f"""'"{name}":' || CAST(to_json({sql}) AS VARCHAR)""" for name, sql in _filled(values).items())
    return f"'{{' || concat_ws(',', {pairs}, nullif(f_properties[2:-2], '')) || '}}'"


def content() -> str:
    """The digest of a row, and 16 digits for the question: each of a row's events counts once, over `exploded`."""
    return "f_content || coalesce(left(md5(a_question), 16), '')"


def event_id() -> str:
    """The source's id of the response with the question, over `exploded`: an answer given twice counts once."""
    return "CASE WHEN a_question IS NULL THEN f_event_id ELSE f_event_id || ':' || a_question END"


def _filled(values: dict[str, str]) -> dict[str, str]:
    """JSON has no key for what is null: `to_json(NULL)` is NULL, and `concat_ws` leaves it out."""
    return {name: sql for name, sql in values.items() if sql != _NULL}


def _query(answer: Answer, order: int, columns: dict[str, Column]) -> str:
    """The answers of one column. An open question's answer is its text; other words stand beside an answer."""
    raw = columns[answer.column]
    question = _coalesced(answer.question_column, answer.question or answer.column, columns)
    beside = columns[answer.text_column].text if answer.text_column in columns else _NULL
    beside_word = _word(answer.text_column, columns)
    none = ", ".join(map(quoted, NO_NUMBER))
    words = (
        f"SELECT place, {question} AS question, {raw.text} AS whole, {beside} AS beside, {beside_word} AS beside_word, "
        f"{_either(answer.column, columns)} AS number, "
        f"CASE WHEN NOT ({_is_blank(answer, raw.word)}) THEN {raw.word} END AS word FROM batch"
    )
    scaled = f"SELECT *, {_scale(answer)} AS scale FROM ({words})"
    closed = (
        "SELECT * REPLACE (CASE WHEN scale IS NULL AND word IS NOT NULL THEN whole END AS whole, "
        f"CASE WHEN scale IS NOT NULL AND lower(word) NOT IN ({none}) THEN word END AS word, {_number()} AS number) "
        f"FROM ({scaled})"
    )
    scored = f"SELECT *, CASE WHEN word IS NOT NULL THEN {_score(answer)} END AS score FROM ({closed})"
    event, asked = (quoted(text) if text else _NULL for text in (answer.event, answer.question_text))
    return (
        f"SELECT place AS a_place, {order} AS a_order, {event} AS a_event, question AS a_question, "
        f"{asked} AS a_question_text, "
        "CASE WHEN word IS NOT NULL THEN scale END AS a_scale, word AS a_answer, score AS a_score, "
        "coalesce(whole, CASE WHEN beside_word IS NOT NULL THEN beside END) AS a_text, "
        "CASE WHEN word IS NOT NULL AND scale <> 'choice' AND score IS NULL THEN 'out_of_scale' END AS a_reason "
        f"FROM ({scored}) WHERE word IS NOT NULL OR whole IS NOT NULL OR beside_word IS NOT NULL"
    )


def _either(column: str, columns: dict[str, Column]) -> str:
    """SQL for a number with a decimal point or, where it is none, with a decimal comma: answers come as people type."""
    point, comma = (number_of(NumberColumn(column=column, decimal=sign), columns)[0] for sign in (".", ","))
    return point if point == comma else f"coalesce({point}, {comma})"


def _is_blank(answer: Answer, word: str) -> str:
    listed = ", ".join(quoted(b.strip().lower()) for b in answer.blank)
    return f"lower({word}) IN ({listed})" if listed else "false"


def _scale(answer: Answer) -> str:
    default = quoted(answer.scale) if answer.scale else _NULL
    if not answer.scales:
        return default
    cases = " ".join(f"WHEN {quoted(q)} THEN {quoted(s)}" for q, s in answer.scales.items())
    return f"CASE question {cases} ELSE {default} END"


def _number() -> str:
    return f"coalesce(number, TRY_CAST(nullif(regexp_extract(word, {quoted(_LEADING)}, 1), '') AS DOUBLE))"


def _score(answer: Answer) -> str:
    """The score on each scale that the column may hold, NULL where it is not on it."""
    possible = sorted({*answer.scales.values(), *([answer.scale] if answer.scale else [])} - {"choice"})
    if not possible:
        return "CAST(NULL AS DOUBLE)"
    return f"CASE scale {' '.join(f'WHEN {quoted(s)} THEN {_on(s, answer)}' for s in possible)} END"


def _on(scale: Scale, answer: Answer) -> str:
    labels = {**(_THUMBS if scale == "thumbs" else {}), **{k.strip().lower(): v for k, v in answer.labels.items()}}
    number = "number"
    if labels:
        cases = " ".join(f"WHEN {quoted(label)} THEN {float(value)!r}" for label, value in labels.items())
        number = f"CASE lower(word) {cases} ELSE number END"
    if scale not in BUCKETS:
        return f"-({number})" if answer.reversed else number
    low, high = BUCKETS[scale][:2]
    whole = "" if scale in _FRACTIONS else f" AND ({number}) = trunc({number})"
    turned = scale in REVERSED if answer.reversed is None else answer.reversed
    value = f"{low + high!r} - ({number})" if turned else f"({number})"
    return f"CASE WHEN ({number}) BETWEEN {low!r} AND {high!r}{whole} THEN {value} END"


def _asked(invitation: Invitation | None, columns: dict[str, Column]) -> str:
    """SQL: whether somebody was asked by a row."""
    if invitation is None or invitation.column not in columns:
        return "false"
    there = f"{columns[invitation.column].word} IS NOT NULL"
    if invitation.status_column is None:
        return there
    listed = ", ".join(quoted(s.strip().lower()) for s in invitation.invited)
    status = _word(invitation.status_column, columns)
    return f"({there} AND coalesce(lower({status}) IN ({listed}), false))" if listed else "false"


def _coalesced(column: str | None, constant: str | None, columns: dict[str, Column]) -> str:
    default = quoted(constant) if constant is not None else _NULL
    return f"coalesce({columns[column].word}, {default})" if column in columns else default


def _word(name: str | None, columns: dict[str, Column]) -> str:
    return columns[name].word if name in columns else _NULL
