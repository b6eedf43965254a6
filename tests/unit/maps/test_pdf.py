"""PDF, SVG and PNG of a map: every word and figure, pages with their heads, and that a name never becomes markup."""

import io
import struct
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from desireline.errors import BadQuestion
from desireline.i18n import LANGUAGES
from desireline.maps.out import export, png
from desireline.maps.prose import escaped
from tests.unit.maps.exports import LARGE, file_of, grid_of, pdf_pages, solid, words_of
from tests.unit.maps.sheets import LANES, STAGES, picture, sheet, wide

SVG = "{http://www.w3.org/2000/svg}"

STAGE_OF = [solid(stage.name) for stage in LARGE.stages for _ in stage.steps]

HOSTILE = [
    '#read("/etc/passwd")', "*bold* _it_", "$x^2$ <a> @ref", "= Head", "\\u{41} // no", "#panic()",
    "`raw` ~ --- ...", "[x](javascript:alert(1))", "<script>alert(1)</script>", "{{ 7 * 7 }} #{1+1}",
]  # fmt: skip


@pytest.mark.parametrize("paper", ["A3", "A4", "long"])
def test_a_pdf_says_every_card_with_its_figure(paper):
    told = "".join(pdf_pages("sheet", paper))
    for lane in grid_of().lanes:
        assert solid(lane.title) in told
        for item in lane.items():
            shown = item.short if lane.kind in {"touchpoints", "metrics"} else item.measured
            for part in (*words_of(item), shown, item.value, *item.remarks):
                assert solid(part or "") in told, (lane.kind, part)


def test_stages_steps_and_what_became_of_people_are_said():
    told = pdf_pages("sheet", "long")[0]
    for stage in grid_of().stages:
        assert solid(stage.name) in told
        assert solid(stage.measured) in told
        for label, value in stage.facts:
            assert solid(label + value) in told
    for step in grid_of().steps:
        assert solid(step.name + (step.measured or "")) in told


def test_a_curve_says_its_numbers_and_its_gaps():
    told = pdf_pages("sheet", "long")[0]
    for figure in ("+0.6n120", "−1.1n214lowest", "+1.4n60peak,end", "−0.8n6,610"):
        assert figure in told
    assert told.count("noevidence") == 1 + 5 + 2  # one gap of scores, five of behaviour, the legend


def test_each_card_stands_once_and_heads_on_every_page():
    pages = pdf_pages("large")
    told = "".join(pages)
    assert len(pages) == 3  # 25 steps, nine at most side by side
    for lane in range(12):
        for step in range(25):
            assert told.count(f"Card{lane:02}.{step:02}with") == 1
    for number, page in enumerate(pages, 1):
        assert f"page{number}of3" in page
        assert solid(LARGE.name) in page
        shown = [step for step in range(25) if f"Card00.{step:02}with" in page]
        assert all(f"Step{step:02}" in page for step in shown)
        assert all(STAGE_OF[step] in page for step in shown)
        assert all(f"Lane{lane:02}" in page for lane in range(12))


def test_a_lane_that_runs_over_says_its_name_again():
    cards = [{"id": f"c{i}", "text": f"Card number {i}"} for i in range(90)]
    lane = {"id": "l", "kind": "text", "title": "Long lane", "cells": {"p1": cards}}
    data = export(sheet(lanes=[lane], measured=None), "pdf", "A4")
    pages = [solid(p.extract_text()) for p in PdfReader(io.BytesIO(data)).pages]
    assert len(pages) > 2
    assert all("Longlane" in page and "Awareness" in page for page in pages)
    assert sum("Longlanecontinued" in page for page in pages) == len(pages) - 1


def test_a_text_longer_than_a_page_goes_on_on_the_next():
    words = " ".join(f"word{i}" for i in range(600))
    lane = {"id": "l", "kind": "text", "cells": {"p1": [{"id": "c", "text": words}]}}
    data = export(sheet(lanes=[lane], measured=None), "pdf", "A4")
    told = "".join(solid(p.extract_text()) for p in PdfReader(io.BytesIO(data)).pages)
    assert all(f"word{i}" in told for i in range(600))


@pytest.mark.parametrize(("paper", "millimetres"), [("A3", (420, 297)), ("A4", (297, 210))])
def test_paper(paper, millimetres):
    for page in PdfReader(io.BytesIO(file_of("sheet", "pdf", paper))).pages:
        size = float(page.mediabox.width) / 72 * 25.4, float(page.mediabox.height) / 72 * 25.4
        assert size == pytest.approx(millimetres, abs=0.1)


def test_long_paper_is_one_page_that_readers_can_open():
    data = export(wide(20, 400, 1), "pdf", "long")
    (page,) = PdfReader(io.BytesIO(data)).pages
    assert 13_000 < float(page.mediabox.width) <= 14_400  # the largest side that PDF 1.7 asks readers to support
    assert len(pdf_pages("sheet", "long")) == 1


def test_words_and_numbers_are_local():
    polish, croatian = "".join(pdf_pages("sheet", "A4", "pl")), "".join(pdf_pages("sheet", "A4", "hr"))
    assert solid("38 240 osób · 50% idzie dalej") in polish
    assert solid("Mapa, wersja 7") in polish
    assert "12,5zł" in polish
    assert solid("38.240 osoba") in croatian
    assert solid("1.944 osobe") in croatian


def test_text_is_in_our_fonts_emoji_too():
    reader = PdfReader(io.BytesIO(file_of("sheet", "pdf")))
    fonts = {str(f.get_object()["/BaseFont"]) for p in reader.pages for f in p["/Resources"]["/Font"].values()}
    assert all("SchibstedGrotesk" in f or "Inter" in f or "NotoEmoji" in f for f in fonts)
    assert any("NotoEmoji" in f for f in fonts)
    assert "🎁" in pdf_pages("sheet")[0]
    assert reader.metadata.title == sheet().name


def test_the_link_of_a_card_can_be_followed():
    reader = PdfReader(io.BytesIO(file_of("sheet", "pdf", "long")))
    found = {a.get_object()["/A"]["/URI"] for p in reader.pages for a in p.get("/Annots", [])}
    assert found == {"https://example.org/study?a=1&b=2", "https://example.org/faq/parcel"}


def test_names_are_never_markup():
    steps = [{"id": f"p{k}", "name": name} for k, name in enumerate(HOSTILE)]
    cells = {f"p{k}": [{"id": f"c{k}", "text": escaped(name)}] for k, name in enumerate(HOSTILE)}
    lane = {"id": "l", "kind": "text", "title": HOSTILE[0], "cells": cells}
    hostile = sheet(
        name=HOSTILE[1], stages=[{"id": "s", "name": HOSTILE[2], "steps": steps}], lanes=[lane], measured=None, paths=[]
    )
    told = "".join(solid(p.extract_text()) for p in PdfReader(io.BytesIO(export(hostile, "pdf", "long"))).pages)
    for name in HOSTILE:
        assert told.count(solid(name)) >= 2
    root = ET.fromstring(export(hostile, "svg"))  # noqa: S314 (we wrote it)
    assert root.find(f"{SVG}title").text == HOSTILE[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_svg_has_a_name_and_a_description(language):
    root = ET.fromstring(file_of("sheet", "svg", "A3", language))  # noqa: S314 (we wrote it)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("lang") == language
    assert root.find(f"{SVG}title").text == sheet().name
    assert grid_of(language=language).stages[0].measured.split(" · ")[0] in root.find(f"{SVG}desc").text


def test_control_characters_do_not_break_an_svg():
    root = ET.fromstring(export(sheet(name="a\x00b\x1fc & <d>", lanes=[]), "svg"))  # noqa: S314 (we wrote it)
    assert root.find(f"{SVG}title").text == "a b c & <d>"


def test_an_address_cannot_leave_its_attribute():
    address = 'https://example.org/"><script>x</script>?a=1&b=<2>'
    lane = {"id": "l", "kind": "self_service", "cells": {"p1": [{"id": "c", "text": "a", "url": address}]}}
    root = ET.fromstring(export(sheet(lanes=[lane], measured=None), "svg"))  # noqa: S314 (we wrote it)
    assert not list(root.iter(f"{SVG}script"))
    found = [v for a in root.iter(f"{SVG}a") for k, v in a.attrib.items() if k.endswith("href")]
    assert set(found) == {"https://example.org/%22%3E%3Cscript%3Ex%3C/script%3E?a=1&b=%3C2%3E"}


def test_a_png_is_one_picture_of_bearable_size(monkeypatch):
    width, height = struct.unpack(">II", file_of("sheet", "png")[16:24])
    assert 1500 < width < 4000
    assert 1500 < height < 5000
    monkeypatch.setattr(png, "MOST_PIXELS", 2_000_000)
    smaller = export(wide(5, 12, 4), "png")
    width, height = struct.unpack(">II", smaller[16:24])
    assert 1_500_000 < width * height <= 2_050_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_map_says_what_to_do(language):
    empty = sheet(stages=[], lanes=[], paths=[], measured=None)
    (page,) = PdfReader(io.BytesIO(export(empty, "pdf", language=language))).pages
    sentence = {"en": "The map has no stages yet", "pl": "Mapa nie ma jeszcze etapów", "hr": "Mapa još nema faza"}
    assert solid(sentence[language]) in solid(page.extract_text())
    assert export(empty, "png").startswith(b"\x89PNG")


def test_a_single_step_is_not_stretched_over_the_page():
    lanes = [{**lane, "cells": {k: v for k, v in lane.get("cells", {}).items() if k == "p7"}} for lane in LANES]
    one = sheet(stages=[STAGES[3]], lanes=lanes, paths=[])
    (page, *_) = PdfReader(io.BytesIO(export(one, "pdf", images=picture))).pages
    assert "Podižempaketičekamdapočneslavlje" in solid(page.extract_text())


def test_a_card_that_spans_a_cut_is_told_on_both_sides_of_it():
    large = wide(2, 18, 1)
    steps = [step.id for step in large.steps()]
    lane = {"id": "l", "kind": "actions", "cells": {steps[7]: [{"id": "c", "text": "Over the cut", "span": 5}]}}
    data = export(type(large).model_validate({**large.model_dump(), "lanes": [lane]}), "pdf")
    first, second = (solid(p.extract_text()) for p in PdfReader(io.BytesIO(data)).pages)
    assert "Overthecut" in first
    assert "←Overthecut" in second


@pytest.mark.parametrize(
    "wrong",
    [("bmp", "A3", "en", None), ("pdf", "A5", "en", None), ("pdf", "A3", "de", None), ("pdf", "A3", "en", ["no"])],
)
def test_what_cannot_be_exported(wrong):
    with pytest.raises(BadQuestion):
        export(sheet(), *wrong)


def test_only_the_chosen_lanes_are_written():
    data = export(sheet(), "pdf", "long", lanes=["l-thoughts"], images=picture)
    told = solid(PdfReader(io.BytesIO(data)).pages[0].extract_text())
    assert "Szukałamprezentu" in told
    assert "Productpage" not in told


@pytest.mark.parametrize("file_format", ["svg", "pdf"])
def test_the_same_map_gives_the_same_bytes(file_format):
    assert export(sheet(), file_format, images=picture) == file_of("sheet", file_format)
