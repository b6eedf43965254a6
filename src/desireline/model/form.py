"""A feedback form: what is asked at one touchpoint, in three languages, of whom and until when."""

import re
from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.definition import Strict
from desireline.model.kept import Kept, Line
from desireline.model.scales import BUCKETS

Scored = Literal["nps", "csat_5", "ces2_7", "stars_5", "thumbs"]
QuestionKind = Scored | Literal["choice", "text"]

SCORED: Final[tuple[Scored, ...]] = get_args(Scored)

TAKEN: Final[dict[QuestionKind, range]] = {
    kind: range(int(BUCKETS[kind].low), int(BUCKETS[kind].high) + 1) for kind in SCORED
}
"""The answers that a scored question takes; the greatest is the best one."""

COMMENT_LIMIT = 5_000
"""Characters of a comment: some 800 words."""

SURE_CONTRAST = 4.5
"""Of white text on the accent (WCAG 2.2, 1.4.3)."""

Prose = Annotated[str, Field(max_length=2_000)]


class Texts(Strict):
    """One text in the languages that somebody wrote it in."""

    en: Prose = ""
    pl: Prose = ""
    hr: Prose = ""

    def said(self, language: str) -> str:
        """In a language, else in the first one that there is.

        >>> Texts(pl="Cześć", hr="Bok").said("en")
        'Cześć'
        """
        return str(getattr(self, language)) or self.en or self.pl or self.hr


def _written(texts: Texts) -> Texts:
    if not texts.said("en").strip():
        raise PydanticCustomError("texts", "a text in at least one of en, pl, hr")
    return texts


Written = Annotated[Texts, AfterValidator(_written)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]


class Choice(Strict):
    """One of the answers to choose from."""

    id: Slug
    text: Written


class FormQuestion(Strict):
    """One question of a form.

    Attributes:
        id: names the question in the data, whatever its wording.
        required: whether a form without an answer to it is refused.
        choices: of kind `choice` only, 2 to 20.
    """

    id: Slug
    kind: QuestionKind
    text: Written
    required: bool = False
    choices: Annotated[list[Choice], Field(max_length=20)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _fits(self) -> "FormQuestion":
        if (self.kind == "choice") != (len(self.choices) >= 2):
            raise PydanticCustomError("choices", "2 to 20 choices for kind choice, none for the others")
        if len({one.id for one in self.choices}) != len(self.choices):
            raise PydanticCustomError("choices", "choices with different ids")
        return self


def contrast_with_white(colour: str) -> float:
    """Contrast ratio of a colour `#rrggbb` with white, 1 to 21 (WCAG 2.2, relative luminance).

    >>> round(contrast_with_white("#767676"), 2), contrast_with_white("#000000")
    (4.54, 21.0)
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _readable(colour: str) -> str:
    if not re.fullmatch(r"#[0-9a-f]{6}", colour) or contrast_with_white(colour) < SURE_CONTRAST:
        raise PydanticCustomError("accent", "a colour #rrggbb on which white text can be read (contrast 4.5)")
    return colour


class FormFields(Strict):
    """What people say of a form.

    Attributes:
        touchpoint: where it is asked; the name of its feedback events.
        channel: of these events.
        title, intro: above the questions; no title shows the form's name.
        thanks: after the answer.
        open: whether it takes answers at all.
        opens, closes: UTC; only between them, where given.
        access: `link` for whoever has the address, `invitation` for the invited alone.
        accent: colour of the page's buttons, `#rrggbb`.
        expires_days: how long an invitation may be answered.
        least_seconds: a page that is sent sooner than that after it was opened was not read.
        most_per_minute: answers without an invitation that the form takes in a minute.
    """

    touchpoint: Line
    channel: Line = "web"
    title: Texts = Texts()
    intro: Texts = Texts()
    questions: Annotated[list[FormQuestion], Field(min_length=1, max_length=20)]
    thanks: Texts = Texts()
    open: bool = True
    opens: AwareDatetime | None = None
    closes: AwareDatetime | None = None
    access: Literal["link", "invitation"] = "link"
    accent: Annotated[str, AfterValidator(_readable)] = "#1f6f5c"
    expires_days: Annotated[int, Field(ge=1, le=365)] = 30
    least_seconds: Annotated[int, Field(ge=0, le=60)] = 2
    most_per_minute: Annotated[int, Field(ge=1, le=10_000)] = 60

    @model_validator(mode="after")
    def _fits(self) -> "FormFields":
        if len({one.id for one in self.questions}) != len(self.questions):
            raise PydanticCustomError("questions", "questions with different ids")
        if self.opens and self.closes and self.opens >= self.closes:
            raise PydanticCustomError("closes", "a time after the form opens")
        return self


class NewForm(FormFields):
    """A form to make."""

    name: Line


class Form(FormFields, Kept):
    """A form as it is kept. `key` stands in its address, `/f/KEY`, and never changes."""

    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9]{12}$")]
