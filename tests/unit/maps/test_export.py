"""Files of a map: their words and counts, their pages, and that a name never becomes markup."""

import io
import json
import re
import struct
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from pypdf import PdfReader

from desireline.errors import BadQuestion
from desireline.i18n import LANGUAGES, number
from desireline.maps.draw import draw
from desireline.maps.export import export
from desireline.model.map import Measurements
from tests.unit.maps.sample import DAY, definition, measurements, sample
from tools.map_schema import TARGET, schema

SVG = "{http://www.w3.org/2000/svg}"


def pages(document, paper="A3", language="en"):
    reader = PdfReader(io.BytesIO(export(document, "pdf", paper, language)))
    return [plain(page.extract_text()) for page in reader.pages]


def picture(document, language="en"):
    return ET.fromstring(export(document, "svg", language=language))  # noqa: S314 (we wrote it)


def plain(text):
    """Without the places where a long word may break."""
    return re.sub(r"[\s\u200b\u00a0\u202f]+", " ", text.replace("\u200b", ""))


def renamed(document, **names):
    body = document.model_dump(mode="json")
    text = json.dumps(body)
    for old, new in names.items():
        text = text.replace(json.dumps(old.replace("_", " "))[1:-1], json.dumps(new)[1:-1])
    return type(document).model_validate_json(text)


def wide(stages, touchpoints):
    """A map of so many stages with so many touchpoints each, from the same figures."""
    d, m = definition(), measurements()
    names = [f"Stage {s:02}" for s in range(stages)]
    met = [
        {"name": f"Meeting {s:02}.{t:02}", "channel": f"channel {t % 3}", "stage": n, "match": [{"name": "x"}]}
        for s, n in enumerate(names)
        for t in range(touchpoints)
    ]
    body = m.model_dump()
    last = {**m.stages[4].model_dump(), "onward": [0] * stages}
    body |= {"stages": [last] * stages, "touchpoints": [m.touchpoints[0].model_dump()] * len(met)}
    large = d.model_validate({"version": 1, "stages": [{"name": n} for n in names], "touchpoints": met})
    return draw(large, Measurements.model_validate(body), "A wide map", None, DAY)


def test_a_pdf_says_every_name_and_count():
    document = sample()
    (text,) = pages(document)
    assert document.name in text
    for stage in document.stages:
        assert stage.name in text
        assert {number("en", n) for n in (stage.people, stage.dropped, stage.open)} <= set(text.split())
    for lane in document.lanes:
        for touchpoint in (t for cell in lane.cells for t in getattr(cell, "touchpoints", [])):
            assert touchpoint.name in text
            assert number("en", touchpoint.people) in text
    assert "known only with a purchase" in text
    assert "Cookie banner (30,112 people)" in text


def test_words_numbers_and_dates_are_local():
    polish, croatian = plain(" ".join(pages(sample(), "A4", "pl"))), plain(" ".join(pages(sample(), "A4", "hr")))
    assert "38 240 osób" in polish
    assert "21 904 osoby" in polish
    assert "ostatnio widziane: 3 lip 2026" in polish
    assert "2,1 dnia" in polish
    assert "38.240 osoba" in croatian
    assert "21.904 osobe" in croatian
    assert "zadnji put viđeno: 3. srp 2026." in croatian


@pytest.mark.parametrize(("paper", "millimetres"), [("A3", (420, 297)), ("A4", (297, 210))])
def test_paper(paper, millimetres):
    page = PdfReader(io.BytesIO(export(sample(), "pdf", paper))).pages[0]
    size = float(page.mediabox.width) / 72 * 25.4, float(page.mediabox.height) / 72 * 25.4
    assert size == pytest.approx(millimetres, abs=0.1)


def test_a_large_map_repeats_its_headers_on_every_page():
    found = pages(wide(11, 30), "A4")
    assert len(found) > 3  # more than one page for each run of stages
    for k, text in enumerate(found, 1):
        assert "A wide map" in text
        assert f"page {k} of {len(found)}" in text
        shown = re.search(r"stages (\d+)–(\d+) of 11", text)
        for s in range(int(shown[1]), int(shown[2]) + 1):
            assert f"Stage {s - 1:02}" in text
    for s in range(11):
        assert sum(f"Meeting {s:02}.29" in text for text in found) == 1


def test_a_lane_that_runs_over_says_its_name_again():
    assert sum("channel 0 continued" in text for text in pages(wide(3, 60), "A4")) >= 1


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_the_longest_name_leaves_room_for_what_stands_below(paper):
    name = "A very long name of a map " * 8
    (text, *_) = pages(sample().model_copy(update={"name": name[:200], "goal": "g" * 200}), paper)
    assert plain(name[:200]) in text
    assert "16 of 39 cells measured" in text


def test_text_is_text_in_our_fonts():
    reader = PdfReader(io.BytesIO(export(sample(), "pdf")))
    fonts = {str(f.get_object()["/BaseFont"]) for p in reader.pages for f in p["/Resources"]["/Font"].values()}
    assert fonts
    assert all("SchibstedGrotesk" in f or "Inter" in f for f in fonts)
    assert reader.metadata.title == sample().name


HOSTILE = [
    '#read("/etc/passwd")',
    "*bold* _it_",
    "$x^2$ <a> @ref",
    "= Head",
    "\\u{41} // no",
    "#panic()",
    "`raw` ~ --- ...",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_never_markup(name):
    document = renamed(sample(), Payment=name, Product_page=name, First_purchase=name)
    (text,) = pages(document)
    assert text.count(plain(name)) >= 3
    root = picture(document)
    assert name in root.find(f"{SVG}title").text


def test_letters_of_other_scripts_are_there():
    (text,) = pages(renamed(sample(), Payment="Оплата Πληρωμή Čaša źdźbło"))
    assert "Оплата Πληρωμή Čaša źdźbło" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_svg_has_a_name_and_a_description(language):
    root = picture(sample(), language)
    assert root.get("role") == "img"
    assert root.get("lang") == language
    assert root.find(f"{SVG}title").text == sample().name
    assert number(language, 38240) in root.find(f"{SVG}desc").text


def test_an_svg_survives_control_characters():
    document = sample().model_copy(update={"name": "a\x00b\x1fc & <d>"})
    assert picture(document).find(f"{SVG}title").text == "a b c & <d>"


def test_a_png_is_one_picture_of_bearable_size():
    width, height = struct.unpack(">II", export(sample(), "png")[16:24])
    assert 1500 < width < 4000
    assert 1000 < height < 4000
    huge = export(wide(40, 40), "png")
    assert huge.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", huge[16:24])
    assert width * height < 42_000_000


def test_a_definition_without_stages_is_a_sentence_not_a_crash():
    document = sample().model_copy(update={"stages": [], "lanes": []})
    assert "no stages yet" in pages(document)[0]
    for file_format in ("svg", "png", "json"):
        assert export(document, file_format)


def test_json_is_the_document_and_fits_the_published_schema():
    written = json.loads(export(sample(), "json"))
    published = json.loads(TARGET.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(published, format_checker=jsonschema.FormatChecker()).validate(written)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**written, "unknown": 1}, published)
    assert type(sample()).model_validate(written) == sample()


def test_the_published_schema_is_current():
    assert TARGET.read_text(encoding="utf-8") == schema(), "run: python tools/map_schema.py"


@pytest.mark.parametrize("wrong", [("bmp", "A3", "en"), ("pdf", "A5", "en"), ("pdf", "A3", "de")])
def test_what_cannot_be_exported(wrong):
    with pytest.raises(BadQuestion):
        export(sample(), *wrong)


def test_the_same_map_gives_the_same_bytes():
    for file_format in ("svg", "pdf", "png"):
        assert export(sample(), file_format) == export(sample(), file_format)
