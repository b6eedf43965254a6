"""The page of a form: what the team and customers write is shown as they wrote it and runs nowhere; floods end."""

import datetime as dt
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.errors import TooManyAnswers
from desireline.http.hosted.floods import Floods
from desireline.http.hosted.page import Shown, asking, refusing, thanking
from desireline.model.form import Form, FormFields, contrast_with_white

EVIL = "</legend></textarea><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp; {n} 😀"


class Read(HTMLParser):
    """Tags, attributes and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def form(text: str) -> Form:
    """A form that says the text everywhere."""
    said, now = {"en": text}, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    questions = [
        {"id": "n", "kind": "nps", "text": said},
        {"id": "c", "kind": "choice", "text": said, "choices": [{"id": "a", "text": said}, {"id": "b", "text": said}]},
        {"id": "t", "kind": "text", "text": said},
    ]
    return Form.model_validate(
        {"id": "f-1", "name": "F", "author": "local", "created": now, "changed": now, "key": "abcdefghijkm",
         "touchpoint": "T", "title": said, "intro": said, "thanks": said, "questions": questions}
    )  # fmt: skip


def test_html_and_scripts_are_words() -> None:
    shown = Shown(form(EVIL), "en", token=EVIL, page=EVIL, given={"q.t": EVIL, "q.c": EVIL}, problem=EVIL)
    plain = Read(asking(Shown(form("words"), "en", token=EVIL, given={"q.t": "x"}, problem="p")))
    for page, like in ((asking(shown), plain), (thanking(shown), Read(thanking(Shown(form("w"), "en"))))):
        read = Read(page)
        assert read.tags == like.tags
        assert read.names == like.names
        assert EVIL in read.words
    assert Read(asking(shown)).words.count(EVIL) == 10, (
        "title, heading, intro, problem, 3 questions, 2 choices, comment"
    )
    assert EVIL in Read(refusing("en", "Title", EVIL, "none")).words


@given(st.text(min_size=1).filter(lambda text: text.strip() and "\r" not in text and "\0" not in text))
def test_a_comment_comes_back_as_it_was(text: str) -> None:
    """A browser leaves the first line break inside a textarea out; the page writes one for that."""
    read = Read(asking(Shown(form("?"), "en", given={"q.t": text})))
    assert f"\n{text}" in read.words


@pytest.mark.parametrize(("language", "send"), [("en", "Send"), ("pl", "Wyślij"), ("hr", "Pošalji")])
def test_the_page_speaks_the_language_and_the_form_what_it_has(language: str, send: str) -> None:
    page = asking(Shown(form("Only English"), language))
    assert f'<html lang="{language}">' in page
    assert send in Read(page).words
    assert "Only English" in Read(page).words
    assert "<nav" not in page, "there is no other language to choose"


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#ffffff", 1.0), ("#777777", 4.48), ("#767676", 4.54), ("#ff0000", 4.0), ("#0000ff", 8.59)]
)
def test_contrast_is_that_of_the_standard(colour: str, ratio: float) -> None:
    """Figures of WebAIM's contrast checker."""
    assert contrast_with_white(colour) == pytest.approx(ratio, abs=0.006)


@pytest.mark.parametrize("colour", ["#777777", "green", "#FFF", "#1f6f5c;}*{}"])
def test_an_accent_that_cannot_be_read_is_refused(colour: str) -> None:
    question = {"id": "n", "kind": "nps", "text": {"en": "?"}}
    with pytest.raises(ValueError, match="accent"):
        FormFields.model_validate({"touchpoint": "T", "questions": [question], "accent": colour})


def test_a_flood_ends_and_says_when_there_is_room() -> None:
    now = [0.0]
    floods = Floods(lambda: now[0])
    for at in (0.0, 10.0, 20.0):
        now[0] = at
        floods.admit("a", 3)
    now[0] = 25.5
    with pytest.raises(TooManyAnswers) as refused:
        floods.admit("a", 3)
    assert refused.value.seconds == 35
    floods.admit("b", 3)
    now[0] = 60.0
    floods.admit("a", 3)
    with pytest.raises(TooManyAnswers):
        floods.admit("a", 3)
