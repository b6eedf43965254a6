"""From what a page sent to feedback events: each answered question is one event."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from desireline.errors import AnswerMissing, AnswerTooLong, BadAnswer, NothingAnswered, StalePage
from desireline.model.form import COMMENT_LIMIT, TAKEN, Form, FormQuestion

FIELD: Final = "q."
"""Before a question's id in the name of its field."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def answers(form: Form, sent: Mapping[str, str], language: str) -> dict[str, int | str]:
    """What was answered, by the id of the question; what was left empty is absent.

    Raises:
        StalePage: a question was answered that the form does not have.
        BadAnswer, AnswerTooLong, AnswerMissing: of a question.
        NothingAnswered: all was left empty.
    """
    known = {FIELD + question.id: question for question in form.questions}
    given = {name: text for name, value in sent.items() if name.startswith(FIELD) if (text := _clean(value))}
    if not given.keys() <= known.keys():
        raise StalePage
    found = {known[name].id: _read(known[name], text, language) for name, text in given.items()}
    for question in form.questions:
        if question.required and question.id not in found:
            raise AnswerMissing(question=question.text.said(language))
    if not found:
        raise NothingAnswered
    return found


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _read(question: FormQuestion, text: str, language: str) -> int | str:
    asked = question.text.said(language)
    if question.kind == "text":
        if len(text) > COMMENT_LIMIT:
            raise AnswerTooLong(question=asked, characters=len(text), limit=COMMENT_LIMIT)
        return text
    if question.kind == "choice":
        if text not in {one.id for one in question.choices}:
            listed = ", ".join(one.text.said(language) for one in question.choices)
            raise BadAnswer(question=asked, given=text[:50], expected=listed)
        return text
    scale = TAKEN[question.kind]
    if not re.fullmatch(r"[0-9]{1,2}", text) or int(text) not in scale:
        raise BadAnswer(question=asked, given=text[:50], expected=f"{scale[0]}–{scale[-1]}")
    return int(text)


def events(
    form: Form, answer: str, found: Mapping[str, int | str], language: str, at: dt.datetime,
    who: list[dict[str, str]], invitation: str | None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The events of one answer; their ids depend on the answer and the question alone.

    Args:
        form: as it was when it was answered.
        answer: id of the answer.
        found: what was answered.
        language: that the page was in.
        at: UTC.
        who: identifiers of the respondent.
        invitation: its id, if there was one.
    """
    asked = {question.id: question for question in form.questions}
    same = {"survey": form.name, "language": language, **({"invitation": invitation} if invitation else {})}
    return [
        {
            "time": round(at.timestamp() * 1e6),
            "event_id": f"{answer}:{which}",
            "name": form.touchpoint,
            "channel": form.channel,
            "text": value if asked[which].kind == "text" else None,
            "score": float(value) if isinstance(value, int) else None,
            "identifiers": who,
            "properties": json.dumps({**_of(asked[which], value, language), **same}, ensure_ascii=False),
        }
        for which, value in found.items()
    ]


def _of(question: FormQuestion, value: int | str, language: str) -> dict[str, str]:
    said = {"question": question.id, "question_text": question.text.said(language)}
    if question.kind == "text":
        return said
    chosen = next((one.text.said(language) for one in question.choices if one.id == value), None)
    words = {} if chosen is None else {"answer_text": chosen}  # the id is the same in all languages
    return {**said, "scale": question.kind, "answer": str(value), **words}
