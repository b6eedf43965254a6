"""How columns of answers become events of their own: the section `feedback` of a mapping document."""

from typing import Final

from pydantic import Field, model_validator

from desireline.model.definition import Strict
from desireline.model.scales import Scale

MOST_ANSWERS: Final = 500
"""Columns of answers that a mapping may have."""


class Answer(Strict):
    """A column that holds answers; each that is not blank becomes an event.

    Attributes:
        column: where the answers stand.
        question: the question's id; None: what `question_column` says, else the column's name.
        question_column, text_column: columns with the question's id (long tables), and with words that go with the
            answer.
        question_text: what was asked, word for word.
        scale: what it is answered on; None: an open question, whose answer is the text.
        scales: the scale by question, where one column holds answers to several (long tables); before `scale`.
        event: the touchpoint that it was asked at; None: as the mapping's `event` says.
        blank: answers that mean "none", such as 0, 11 or 99; compared without blanks and ignoring case.
        labels: the score of answers that are written in words: `Very satisfied: 5`; ignoring case.
        reversed: whether a greater answer is the worse one; None: as the scale is usually asked (`ces1_5` is).
    """

    column: str
    question: str | None = None
    question_column: str | None = None
    question_text: str | None = None
    scale: Scale | None = None
    scales: dict[str, Scale] = Field(default_factory=dict)
    event: str | None = None
    text_column: str | None = None
    blank: list[str] = Field(default_factory=list)
    labels: dict[str, float] = Field(default_factory=dict)
    reversed: bool | None = None

    @model_validator(mode="after")
    def _one_question(self) -> "Answer":
        if self.question is not None and self.question_column is not None:
            raise ValueError("give question or question_column, not both")
        if self.scales and self.question_column is None:
            raise ValueError("scales are by question: name a question_column")
        return self


class Invitation(Strict):
    """Rows of people who were asked; those without an answer become an event of their own, so that they are counted.

    Attributes:
        column: the invitation's id.
        status_column, invited: only rows whose status is one of these were asked; without them all rows were.
        event: the name of the event of an invitation that nobody answered.
    """

    column: str
    status_column: str | None = None
    invited: list[str] = Field(default_factory=list)
    event: str = "Invited to survey"


class FeedbackMapping(Strict):
    """What a table of answers holds beside the answers. One row may give several events.

    Attributes:
        answers: the columns of answers, in the order that the events come in.
        survey: its name; `survey_column` wins where it is filled.
        language_column: a column with the language of the answers.
        invitation: who was asked.
    """

    answers: list[Answer] = Field(min_length=1, max_length=MOST_ANSWERS)
    survey: str | None = None
    survey_column: str | None = None
    language_column: str | None = None
    invitation: Invitation | None = None

    @model_validator(mode="after")
    def _different_questions(self) -> "FeedbackMapping":
        asked = [a.question or a.column for a in self.answers if a.question_column is None]
        twice = sorted({q for q in asked if asked.count(q) > 1})
        if twice:
            raise ValueError(f"question {twice[0]!r} stands twice; give each answer a question of its own")
        return self

    @property
    def columns(self) -> list[str]:
        """Every column that is named here, in reading order."""
        named = [c for a in self.answers for c in (a.column, a.question_column, a.text_column)]
        asked = (self.invitation.column, self.invitation.status_column) if self.invitation else ()
        return [c for c in (*named, self.survey_column, self.language_column, *asked) if c is not None]
