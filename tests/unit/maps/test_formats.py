"""All formats of maps together: a file is known by what it holds, and what is lost is said in three languages."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desireline import errors
from desireline.i18n import LANGUAGES, catalogue, translate
from desireline.maps import into
from desireline.maps.into.reading import Note
from desireline.maps.out import FORMATS, export
from tests.unit.maps.sheets import picture, sheet

DATA = {"json": "json", "yaml": "yaml", "csv": "csv", "xlsx": "xlsx", "md": "markdown", "mermaid": "mermaid",
        "cjml": "cjml", "theydo": "theydo"}  # fmt: skip
INTO = Path(into.__file__).parent
BOARD = [
    ("sticky_note", {"content": "<p>Before</p>"}, (300, 0), {"width": 200, "height": 100}),
    ("sticky_note", {"content": "After"}, (600, 20), {"width": 200, "height": 100}),
    ("text", {"content": "Pain &amp; points"}, (0, 200), {"width": 150}),
    ("text", {"content": "Emotions"}, (10, 400), {"width": 150}),
    ("sticky_note", {"content": "<p>slow</p><p>dear</p>"}, (320, 230), {"width": 200}),
    ("card", {"title": "late"}, (560, 180), {"width": 320, "height": 60}),
    ("shape", {"content": "-1"}, (610, 390), {"width": 50, "height": 50}),
    ("frame", {"title": "x"}, (0, 0), {"width": 2000, "height": 900}),
]


@pytest.mark.parametrize(("name", "form"), DATA.items())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_of_data_is_known_again_whatever_its_name(name, form, language):
    data = export(sheet(), name, language=language, images=picture)
    assert into.recognise("x" + FORMATS[name].suffix, data) == form
    assert into.recognise("download", data) == form
    found = into.read("download", data)
    assert found.format == form
    assert len(found.map.steps()) == len(sheet().steps())


def test_no_format_brings_a_figure_back():
    for name in DATA:
        found = into.read("x" + FORMATS[name].suffix, export(sheet(), name, images=picture)).map
        assert "▸" not in found.model_dump_json()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_what_a_format_cannot_hold_is_said_in_three_languages(name):
    for code in FORMATS[name].loses():
        assert len({translate(language, f"map.loses.{code}") for language in LANGUAGES}) == 3, code


def test_every_note_and_reason_is_said_in_three_languages():
    source = "\n".join(path.read_text(encoding="utf-8") for path in INTO.glob("*.py"))
    notes = set(re.findall(r'\bnote\(\s*"(\w+)"', source))
    reasons = set(re.findall(r'MapUnreadable\([^()]*?,\s*"([a-z]\w+)",\s', source))
    assert {"figures_left_out", "empathy", "actors"} <= notes
    assert {"damaged", "not_a_map", "unsafe_archive"} <= reasons
    for language in LANGUAGES:
        for code in notes:
            assert "3" in Note(code, {"n": 3}).sentence(language), code
        assert {f"map.unreadable.{reason}" for reason in reasons} <= catalogue(language).keys()


def test_a_board_is_read_by_where_things_lie():
    items = [
        {"type": kind, "data": data, "position": {"x": x, "y": y}, "geometry": size}
        for kind, data, (x, y), size in BOARD
    ]
    found = into.read("Retro board.json", json.dumps({"data": items}).encode())
    assert found.map.name == "Retro board"
    assert [stage.name for stage in found.map.stages] == ["Before", "After"]
    lanes = {lane.title: lane for lane in found.map.lanes}
    assert [card.text for card in lanes["Pain & points"].cells["step-1"]] == ["slow\ndear"]
    assert [card.text for card in lanes["Pain & points"].cells["step-2"]] == ["late"]
    assert lanes["Pain & points"].kind == "pain_points"
    assert [card.value for card in lanes["Emotions"].cells["step-2"]] == [-1]
    assert [(note.code, note.values["n"]) for note in found.notes] == [("items_left_out", 1)]


@example(b"PK\x03\x04")
@example(b"{")
@example(b"<cjml")
@example(b"journey\n a:1:b:c\n")
@example(b"# \n- \n  - \n    - \n**")
@example(b'{"format": "THEYDO_METRICS_V1", "metrics": [{"title": "a", "dataPoints": [1, {"dateOfMeasurement": 5}]}]}')
@example(b'{"data": [{"type": "text", "position": {"x": "no"}}]}')
@example("\ufeffa;b\r\n\u2028;\ud7ff\n".encode("utf-16"))
@given(st.one_of(st.binary(max_size=60), st.text("#-*> \n\t|,;:\"'1a<>/{}[]%&•▸★→↻—", max_size=60).map(str.encode)))
def test_any_bytes_make_a_map_or_an_error_that_says_why(data):
    for name in ("x.csv", "x.md", "x"):
        told = ""
        try:
            assert into.read(name, data).map.stages
        except errors.DesirelineError as error:
            told = error.sentence("hr")
        assert not told or name in told
