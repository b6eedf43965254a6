"""Slides: native shapes with real text that fits, does not overlap, and says every card."""

import io
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from PIL import ImageFont
from pptx.oxml.ns import qn

import desireline.maps
from desireline.maps.out import export
from tests.unit.maps.exports import LARGE, file_of, grid_of, leaves, presentation, slide_text, solid, words_of
from tests.unit.maps.sheets import picture, sheet, wide

STAGE_OF = [stage.name for stage in LARGE.stages for _ in stage.steps]
FONTS = Path(desireline.maps.__file__).parent / "fonts"
POINT = 12700


@cache
def font(name):
    return ImageFont.truetype(str(FONTS / name), 200)


def frames(slide):
    """Every text with its box in points, and the text frame: of shapes and of table cells."""
    for shape in leaves(slide.shapes):
        x, y = shape.left / POINT, shape.top / POINT
        if shape.has_text_frame and shape.text_frame.text.strip():
            yield (x, y, shape.width / POINT, shape.height / POINT), shape.text_frame
        if getattr(shape, "has_table", False) and shape.has_table:
            for row in shape.table.rows:
                left = x
                for cell, column in zip(row.cells, shape.table.columns, strict=True):
                    if cell.text_frame.text.strip():
                        yield (left, y, column.width / POINT, row.height / POINT), cell.text_frame
                    left += column.width / POINT
                y += row.height / POINT


def needed(frame, room):
    """Height of a text by the widths of the shipped fonts, words put on lines one by one."""
    total = 0.0
    for paragraph in frame.paragraphs:
        if not paragraph.runs:
            continue
        indent = int((paragraph._p.pPr.get("marL") if paragraph._p.pPr is not None else 0) or 0) / POINT
        lines, used = 1, 0.0
        for child in paragraph._p:
            if child.tag == qn("a:br"):
                lines, used = lines + 1, 0.0
        for run in paragraph.runs:
            face = font("SchibstedGrotesk_600SemiBold.ttf" if run.font.bold else "Inter_400Regular.ttf")
            for word in run.text.replace(" ", " \n").split("\n"):
                wide = face.getlength(word.rstrip()) * run.font.size.pt / 200
                if used and used + wide > room - indent:
                    lines, used = lines + 1, 0.0
                used += face.getlength(word) * run.font.size.pt / 200
        total += lines * paragraph.line_spacing.pt
    return total


def decks():
    return [("sheet", file_of("sheet", "pptx")), ("large", file_of("large", "pptx")), ("long words", long_words())]


def long_words():
    texts = ["Nieprawdopodobieństwoprzekonstantynopolitańczykowianeczka " * 3, "word " * 900, "🎁" * 60, "x" * 300]
    cells = {f"p{k + 1}": [{"id": f"c{k}", "text": text, "tags": ["t" * 60] * 5}] for k, text in enumerate(texts)}
    lanes = [{"id": "l", "kind": "pain_points", "title": "A very long name of a lane " * 4, "cells": cells}]
    return export(sheet(name="A very long name of a map " * 7, lanes=lanes), "pptx")


@pytest.mark.parametrize(("name", "data"), decks(), ids=lambda v: v if isinstance(v, str) else "")
def test_texts_lie_on_the_slide_fit_their_boxes_and_do_not_overlap(name, data):
    deck = presentation(data)
    width, height = deck.slide_width / POINT, deck.slide_height / POINT
    assert (width, height) == (960, 540)
    for slide in deck.slides:
        found = list(frames(slide))
        for (x, y, w, h), frame in found:
            assert min(x, y) >= 0
            assert x + w <= width + 0.1
            assert y + h <= height + 0.1
            room = w - (frame.margin_left + frame.margin_right) / POINT
            inner = h - (frame.margin_top + frame.margin_bottom) / POINT
            if "🎁" not in frame.text and max(map(len, frame.text.split())) < 40:
                assert needed(frame, room + 0.01) <= inner + 0.1, frame.text
        for ((ax, ay, aw, ah), a), ((bx, by, bw, bh), b) in combinations(found, 2):
            apart = ax + aw <= bx + 0.1 or bx + bw <= ax + 0.1 or ay + ah <= by + 0.1 or by + bh <= ay + 0.1
            assert apart, (a.text, b.text)


def test_every_card_is_text_on_a_slide_once():
    told = solid("\n".join(slide_text(s) for s in presentation(file_of("large", "pptx")).slides))
    for lane in range(12):
        for step in range(25):
            assert told.count(f"Card{lane:02}.{step:02}with") == 1
    told = solid("\n".join(slide_text(s) for s in presentation(file_of("sheet", "pptx")).slides))
    for item in (i for lane in grid_of().lanes for i in lane.items()):
        assert all(solid(words) in told for words in words_of(item))
        assert solid(item.measured or "") in told


def test_heads_are_repeated_on_every_slide_of_the_map():
    _, *slides = presentation(file_of("large", "pptx")).slides
    assert len(slides) > 4
    for slide in slides:
        told = slide_text(slide)
        shown = {int(t.split(".")[1][:2]) for t in told.splitlines() if t.startswith("Card ")}
        assert shown
        assert all(f"Step {step:02}" in told and STAGE_OF[step] in told for step in shown)
        assert slide.shapes.title.text_frame.text == LARGE.name


def test_emphasis_is_kept_as_bold_and_italic_runs():
    runs = {
        r.text: r.font
        for slide in presentation(file_of("sheet", "pptx")).slides
        for _, frame in frames(slide)
        for p in frame.paragraphs
        for r in p.runs
    }
    assert runs["parcel"].bold
    assert runs["prezent dla mamy"].italic
    assert not runs["I search for "].italic
    assert str(runs["12.5 zł"].underline).startswith("DOTTED_LINE")
    assert runs["10,120 people"].underline is None


def test_everything_is_native():
    deck = presentation(file_of("sheet", "pptx"))
    shapes = [s for slide in deck.slides for s in leaves(slide.shapes)]
    pictures = [s for s in shapes if s.shape_type == 13]
    assert [p._element.nvPicPr.cNvPr.get("descr") for p in pictures] == ["A shop window at dusk"]
    names = {s.name for s in shapes}
    assert {"walked", "leaving", "plan", "line", "interval", "dot", "diamond", "star", "sparkline"} <= names
    curves = [s for s in shapes if s.name == "line"]
    assert all(s._element.findall(f".//{qn('a:cubicBezTo')}") for s in curves)
    assert any(getattr(s, "has_table", False) and s.has_table for s in shapes)
    badges = {n for n in names if n.startswith("evidence")}
    assert badges == {"evidence: measured", "evidence: some", "evidence: assumed"}


def test_what_was_cut_stands_in_the_notes():
    deck = presentation(long_words())
    notes = "\n".join(s.notes_slide.notes_text_frame.text for s in deck.slides if s.has_notes_slide)
    assert notes.count("word") >= 900
    assert "A very long name of a map " * 6 in notes
    shown = "\n".join(map(slide_text, deck.slides))
    assert shown.count("word ") < 400
    assert "…" in shown


def test_a_map_without_figures_or_stages_is_a_deck_all_the_same():
    empty = presentation(export(sheet(stages=[], lanes=[], paths=[], measured=None), "pptx"))
    (slide,) = empty.slides
    assert "The map has no stages yet" in slide_text(slide)
    bare = presentation(export(wide(1, 1, 0), "pptx"))
    assert len(bare.slides) == 2


def test_letters_of_our_languages_and_emoji_are_unharmed():
    told = "\n".join(map(slide_text, presentation(file_of("sheet", "pptx")).slides))
    for word in ("źdźbeł", "Služba za korisnike", "čitateljâ", "🎁", "Payment *with* <card>"):
        assert word in told


def test_the_same_map_gives_the_same_slides():
    again = presentation(export(sheet(), "pptx", images=picture))
    first = presentation(file_of("sheet", "pptx"))
    assert list(map(slide_text, again.slides)) == list(map(slide_text, first.slides))
    assert io.BytesIO(file_of("sheet", "pptx")).read(2) == b"PK"
