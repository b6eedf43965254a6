"""Parts of a report: KPIs in several parts of their own, in the reader's words throughout, without shadows."""

import io

import pytest
from pptx import Presentation
from pypdf import PdfReader

from desireline.service.workspace import Workspace


@pytest.fixture
def ws(tmp_path):
    made = Workspace(tmp_path / "ws")
    for name, solved in (("Mniej", 40), ("Więcej", 80)):
        readings = [
            {"day": f"2026-03-{day:02}", "counts": {"numerator": solved + day, "denominator": 100}} for day in (1, 2)
        ]
        source = {"origin": "typed", "readings": readings}
        target = {"value": 0.5, "by": "2026-03-15"}
        made.kpis.create({"name": name, "kind": "share", "source": source, "target": target})
    ids = {one.name: one.id for one in made.kpis.all()}
    parts = [
        {"part": "kpis", "title": "Sklep", "kpis": [ids["Mniej"]], "by": "day"},
        {"part": "kpis", "title": "Obsługa", "kpis": [ids["Więcej"]], "by": "day"},
        {"part": "opportunities"},
    ]
    made.reports.create({"name": "Tydzień", "language": "pl", "parts": parts})
    return made


def said(ws, language):
    pages = PdfReader(io.BytesIO(ws.reports.make("Tydzień", "pdf", language).body)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_each_part_has_its_own_kpis_and_title(ws):
    _, shop, service, *_ = said(ws, "pl")
    assert ("Sklep" in shop, "Mniej" in shop, "Więcej" in shop) == (True, True, False)
    assert ("Obsługa" in service, "Więcej" in service, "Mniej" in service) == (True, True, False)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", ("−8,50 p.p.", "termin (15 mar 2026) minął", "wartość dla klientów + wartość dla firmy) ÷ 2 ÷ nakład")),
        ("hr", ("−8,50 p. b.", "rok (15. ožu 2026.) je prošao", "41,50 %", "(vrijednost za kupce + ")),
    ],
)
def test_it_is_in_the_readers_words(ws, language, words):
    text = " ".join(said(ws, language)).replace("\xa0", " ")
    for one in words:
        assert one in text, one
    for foreign in ("customer", "effort", " 95% CI", "-8,50"):
        assert foreign not in text


def test_no_shape_takes_a_shadow_from_the_theme(ws):
    deck = Presentation(io.BytesIO(ws.reports.make("Tydzień", "pptx").body))
    effects = [one.get("idx") for slide in deck.slides for one in slide.shapes._spTree.iter("{*}effectRef")]
    assert effects
    assert set(effects) == {"0"}
