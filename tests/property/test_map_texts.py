"""Any text that somebody writes on a map comes out of every picture, slide and page as that text."""

import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser
from pptx import Presentation

from desireline.maps.out import export
from desireline.maps.prose import blocks, escaped, plain, printable
from desireline.maps.typeface import Span, width, wrap
from tests.unit.maps.exports import leaves
from tests.unit.maps.sheets import sheet

SEEDS = [
    "#",
    "*a*",
    "<script>alert(1)</script>",
    "שלום עולם",
    "مرحبا",
    "👩‍👩‍👧 🎁",
    "a\x00b",
    "_x000B_",
    "&lt;",
    "]]>",
    "{{x}}",
    "'=1+1",
]
several = st.lists(st.sampled_from(SEEDS), min_size=1, max_size=4).map(" ".join)
anything = st.text(min_size=1, max_size=80) | st.sampled_from(SEEDS) | several


def squeezed(text):
    return re.sub(r"\s+", " ", printable(text)).strip()


@settings(max_examples=200)
@given(anything)
def test_an_escaped_name_says_itself(name):
    assert plain(escaped(squeezed(name))) == squeezed(name)


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_be_read(text):
    for block in blocks(text):
        assert all(run.href is None or run.href.startswith(("http://", "https://")) for run in block.runs)


def odd(name):
    card = {"id": "c", "text": escaped(squeezed(name)), "tags": [name[:60]]}
    step = {"id": "p1", "name": name}
    return sheet(
        name=f"Map {name}",
        stages=[{"id": "s", "name": name, "steps": [step]}],
        lanes=[{"id": "l", "kind": "text", "title": name, "cells": {"p1": [card]}}],
        paths=[],
        measured=None,
    )


@settings(max_examples=25, deadline=None)
@given(anything)
def test_text_survives_in_html(name):
    root = parser.document_fromstring(export(odd(name), "html"))
    assert not list(root.iter("script"))
    assert squeezed(root.find(".//h1").text) == squeezed(f"Map {name}")
    (words,) = root.xpath("//div[contains(@class, 'card')]//p") or [None]
    assert squeezed(words.text or "" if words is not None else "") == squeezed(name)
    assert squeezed(root.xpath("string(//thead/tr[2]/th/b)")) == squeezed(name)


@settings(max_examples=12, deadline=None)
@given(anything)
def test_text_survives_on_slides(name):
    deck = Presentation(io.BytesIO(export(odd(name), "pptx")))
    told = {squeezed(s.text_frame.text) for slide in deck.slides for s in leaves(slide.shapes) if s.has_text_frame}
    assert squeezed(f"Map {name}") in told
    assert not squeezed(name) or any(t.startswith(squeezed(name)) for t in told)


@settings(max_examples=6, deadline=None)
@given(anything)
def test_any_text_can_be_typeset(name):
    assert export(odd(name), "svg").startswith(b"<svg")


@settings(max_examples=100)
@given(st.text(max_size=120), st.floats(20, 300))
def test_wrapped_lines_fit_and_lose_nothing(text, room):
    lines = wrap([Span(text, 10.0)], room)
    shown = "".join(span.text for line in lines for span in line)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)
    for line in lines:
        told = "".join(span.text for span in line)
        assert width(told.rstrip(), 10.0) <= room + 0.01 or len(told.rstrip()) == 1
