"""Maps as tables: what CSV and XLSX hold comes back, no cell is a formula, tables of other tools are understood."""

import csv
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given

from desireline.errors import MapUnreadable
from desireline.maps import into
from desireline.maps.into import GridColumns
from desireline.maps.out import Request
from desireline.maps.out import csv as csv_out
from desireline.maps.out import xlsx as xlsx_out
from desireline.model.measured import Sheet
from tests.unit.maps.sheets import sheet
from tests.unit.maps.strategies import readable_maps, shape


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read(text: str, name: str = "table.csv", columns: GridColumns | None = None):
    return into.read(name, text.encode(), columns).map


def drawn(document) -> dict[str, list[list[str]]]:
    """Texts of cards by lane (its title, or its kind), step by step; of library items their names."""
    names = {item.id: item.name for item in document.library}
    return {
        lane.title or lane.kind: [
            [names.get(card.ref or "", "") or card.text for card in lane.cells.get(step.id, [])]
            for step in document.steps()
        ]
        for lane in document.lanes
    }


def stages(document) -> list[tuple[str, list[str]]]:
    return [(stage.name, [step.name for step in stage.steps]) for stage in document.stages]


class TestRoundTrip:
    @given(readable_maps())
    def test_csv(self, told):
        assert shape(into.read("m.csv", csv_out.write(Request(told, "pl"))).map) == shape(told)

    @given(readable_maps())
    def test_xlsx(self, told):
        assert shape(into.read("m.xlsx", xlsx_out.write(Request(told, "hr"))).map) == shape(told)

    def test_a_whole_map_comes_back_but_for_its_figures(self):
        before = sheet()
        found = into.read("m.csv", csv_out.write(Request(before, "en")))
        assert stages(found.map) == stages(before)
        assert [(lane.kind, lane.title) for lane in found.map.lanes] == [
            (lane.kind, lane.title) for lane in before.lanes
        ]
        assert [note.code for note in found.notes] == ["figures_left_out"]
        assert "22" in found.notes[0].sentence("pl")
        kept = {lane.kind: lane for lane in found.map.lanes}
        assert [c.text for c in kept["actions"].cells["step-5"]] == [
            "I put it in the basket:\n\n- the gift\n- a card\n- paper"
        ]
        refund = next(card for card in kept["metrics"].cells["step-6"] if card.text == "Refunds")
        assert (refund.value, refund.unit) == (12.5, "zł")
        assert kept["hand_offs"].cells["step-4"][0].hand_off == before.lanes[13].cells["p4"][0].hand_off


class TestCsv:
    def test_the_shape_is_that_of_the_grid(self):
        told = rows(csv_out.write(Request(sheet(), "en")))
        assert told[0] == [
            "First purchase (fictitious figures)",
            "Awareness",
            "",
            "Rozważanie",
            "",
            "Kupnja",
            "",
            "Delivery & first use",
        ]
        assert told[1][:3] == ["", "Hears of us", "Searches"]
        lanes = {row[0]: row[1:] for row in told[2:]}
        assert lanes["Touchpoints"][0] == "Katalog pocztą (wysyłka źdźbeł)\n▸ 10,120 people"
        assert lanes["Touchpoints"][2].split("\n")[2] == "Wizyta w sklepie"
        assert lanes["Emotion curve"][3] == "'-1.5 worried"

    def test_small_cells_are_hidden_from_outsiders(self):
        shown, hidden = (csv_out.write(Request(sheet(), "en", threshold=limit)).decode() for limit in (None, 50))
        assert "▸ 31 people" in shown
        assert "31 people" not in hidden
        assert "▸ 10,120 people" in hidden

    def test_chosen_lanes_only(self):
        told = rows(csv_out.write(Request(sheet(), "pl", lanes=("l-sys", "l-actions"))))
        assert [row[0] for row in told[2:]] == ["Działania", "Systemy"]

    @pytest.mark.parametrize("formula", ["=1+1", "+A1", "@SUM(A1)", "-2+3", "\t=1", "=cmd|' /C calc'!A0"])
    def test_no_cell_is_a_formula_and_its_text_comes_back(self, formula):
        document = one_card(formula)
        data = csv_out.write(Request(document, "en"))
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows(data) for cell in row)
        assert drawn(into.read("m.csv", data).map)["text"] == [[formula.strip()]]
        data = xlsx_out.write(Request(document, "en"))
        page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
        assert drawn(into.read("m.xlsx", data).map)["text"] == [[formula.strip()]]


class TestXlsx:
    def book(self, language="en", threshold=None):
        data = xlsx_out.write(Request(sheet(), language, threshold=threshold))
        return openpyxl.load_workbook(io.BytesIO(data))

    def test_stages_are_merged_and_headings_stay_in_sight(self):
        page = self.book().worksheets[0]
        assert {str(r) for r in page.merged_cells.ranges} == {"B1:C1", "D1:E1", "F1:G1"}
        assert page.freeze_panes == "B3"
        assert page["H1"].value == "Delivery & first use"
        assert page["C2"].value == "Searches"
        assert page["B5"].alignment.wrap_text

    def test_pages_in_the_readers_language(self):
        assert self.book("pl").sheetnames == ["Mapa", "Oceny", "Liczby", "O mapie"]
        assert self.book("hr").sheetnames == ["Mapa", "Ocjene", "Brojke", "O mapi"]

    def test_figures_are_counts(self):
        told = [[cell.value for cell in row] for row in self.book().worksheets[2].iter_rows()]
        assert told[0][:9] == ["Stage", "Step", "Lane", "Card", "Question", "Unit", "Value", "n", "of"]
        counted = {(row[0], row[3], row[4]): row for row in told[1:]}
        of_stage = sheet().measured.stages["s1"]
        assert counted["Awareness", None, "goes_on"][6:9] == [of_stage.goes_on, of_stage.goes_on, of_stage.people]
        share = sheet().measured.cards["m1"].figure
        row = next(row for row in told[1:] if row[4] == "share")
        assert row[5:9] == ["share", share.value, share.n, share.of]

    def test_ratings_typed_and_measured_stand_apart(self):
        told = [[cell.value for cell in row] for row in self.book().worksheets[1].iter_rows()]
        product = next(row for row in told if row[2] == "Product page")
        typed = next(c for c in sheet().cards() if c.id == "t3").ratings
        measured = sheet().measured.cards["t3"].ratings
        assert (product[3], product[6], product[9]) == (typed.customer, typed.organisation, typed.expectation)
        assert product[10] == (measured["expectation"].value if "expectation" in measured else None)

    def test_a_hidden_figure_is_on_no_page(self):
        shown, hidden = self.book(), self.book(threshold=50)
        for book, there in ((shown, True), (hidden, False)):
            texts = [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
            assert ("31" in texts) is there

    def test_a_sheet_that_claims_the_last_cell_is_refused_before_it_fills_memory(self):
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            page = book.add_worksheet()
            page.write(0, 0, "x")
            page.write(1_048_575, 16_383, "y")
        with pytest.raises(MapUnreadable) as refused:
            into.read("wide.xlsx", out.getvalue())
        assert refused.value.reason == "too_wide"

    def test_a_workbook_that_unpacks_to_too_much_is_refused(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b" " * (101 << 20))
        with pytest.raises(MapUnreadable) as refused:
            into.read("bomb.xlsx", out.getvalue())
        assert refused.value.reason == "unsafe_archive"

    def test_numbers_dates_and_merged_cells_of_other_tools(self):
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            page = book.add_worksheet("empty")
            page = book.add_worksheet("journey")
            page.merge_range(0, 1, 0, 2, "Przed zakupem", None)
            page.write_row(1, 1, ["Szuka", "Pyta"])
            page.write_row(2, 0, ["Odczucia", 1, -2])
            page.merge_range(3, 0, 4, 0, "Ból", None)
            page.write_row(3, 1, ["drogo", ""])
            page.write_row(4, 1, ["", "długo"])
        found = into.read("Karta kupca.xlsx", out.getvalue()).map
        assert found.name == "Karta kupca"
        assert stages(found) == [("Przed zakupem", ["Szuka", "Pyta"])]
        assert [c.value for cards in found.lanes[0].cells.values() for c in cards] == [1, -2]
        assert drawn(found)["Ból"] == [["drogo"], ["długo"]]
        assert found.lanes[1].kind == "pain_points"


GRID = """Stage,Before,,After
Step,See,Ask,Use
What I do,I look,I call,I use it
Emotions,+1,-2 angry,
Touchpoints,Shop window,Call centre,
Mystery,"- one
- two",,
"""


class TestOtherTools:
    def test_a_grid_is_guessed(self):
        found = read(GRID, "Rodzinny zakup.csv")
        assert found.name == "Rodzinny zakup"
        assert stages(found) == [("Before", ["See", "Ask"]), ("After", ["Use"])]
        assert [(lane.kind, lane.title) for lane in found.lanes] == [
            ("actions", "What I do"), ("emotion", "Emotions"), ("touchpoints", None), ("text", "Mystery"),
        ]  # fmt: skip
        assert drawn(found)["Mystery"] == [["one", "two"], [], []]
        assert [c.value for cards in found.lanes[1].cells.values() for c in cards] == [1, -2]
        assert {item.name for item in found.library} == {"Shop window", "Call centre"}

    @pytest.mark.parametrize("delimiter", [";", "\t", "|"])
    def test_delimiters_and_encodings(self, delimiter):
        text = "\r\n".join(
            delimiter.join(row) for row in (["", "Źródło", "Čekanje"], ["Ból", "ż", "š"], ["Misli", "a", "b"])
        )
        for data in (text.encode("cp1250"), text.encode("utf-16"), text.encode("utf-8-sig")):
            found = into.read("x.tsv", data).map
            assert stages(found) == [("Źródło", [""]), ("Čekanje", [""])]
            assert [lane.kind for lane in found.lanes] == ["pain_points", "thoughts"]

    def test_stages_alone(self):
        found = read("Phase,Aware,Buy\nActions,a,b\nPain,c,d\n")
        assert stages(found) == [("Aware", [""]), ("Buy", [""])]

    def test_a_title_above_the_table(self):
        found = read("Zakup telewizora\n\n,Przed,Po\nDziałania,a,b\nMyśli,c,d\n")
        assert found.name == "Zakup telewizora"
        assert stages(found) == [("Przed", [""]), ("Po", [""])]

    def test_the_wizard_shows_the_rows_and_a_guess(self):
        shown = into.preview("x.csv", GRID.encode())
        assert shown.format == "csv"
        assert shown.rows[3] == ["Emotions", "+1", "-2 angry", ""]
        assert shown.guess.model_dump(exclude={"lanes"}) == {
            "stage_row": 0, "step_row": 1, "lane_column": 0, "first_row": 2, "first_column": 1,
        }  # fmt: skip
        assert shown.guess.lanes == {2: "actions", 3: "emotion", 4: "touchpoints", 5: "text"}

    def test_the_answer_of_the_wizard_wins(self):
        text = "note,x,Lane,One,Two\n,,Steps,s1,s2\n,,Mood,good,bad\n,,Ignore,a,b\n,,Who,Sales,Web\n"
        columns = GridColumns.model_validate(
            {"stage_row": 0, "step_row": 1, "lane_column": 2, "first_row": 2, "first_column": 3,
             "lanes": {"2": "thoughts", "3": "skip", "4": "departments"}}
        )  # fmt: skip
        found = read(text, columns=columns)
        assert stages(found) == [("One", ["s1"]), ("Two", ["s2"])]
        assert drawn(found) == {"Mood": [["good"], ["bad"]], "Who": [["Sales"], ["Web"]]}
        assert [lane.kind for lane in found.lanes] == ["thoughts", "departments"]

    def test_reading_with_the_guess_is_reading_without(self):
        shown = into.preview("x.csv", GRID.encode())
        assert read(GRID, columns=shown.guess) == read(GRID)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"stage_row": 9, "first_row": 10, "first_column": 1},
            {"stage_row": 0, "first_row": 0, "first_column": 1},
            {"stage_row": 0, "first_row": 1, "first_column": 0},
            {"stage_row": 0, "first_row": 1, "first_column": 1, "lanes": {77: "text"}},
        ],
    )  # fmt: skip
    def test_an_answer_that_names_no_place_is_refused(self, wrong):
        with pytest.raises(MapUnreadable) as refused:
            read(GRID, columns=GridColumns.model_validate(wrong))
        assert refused.value.reason == "bad_columns"

    def test_a_list_of_cards(self):
        lines = ["Etap,Krok,Rodzaj,Treść,Kto", "Przed,Szuka,Działania,szukam,a", "Przed,Pyta,Ból,nikt nie odbiera,b",
                 "Po,Używa,Działania,używam,c", "Przed,Szuka,Działania,porównuję,d"]  # fmt: skip
        text = "\n".join(lines)
        found = read(text)
        assert stages(found) == [("Przed", ["Szuka", "Pyta"]), ("Po", ["Używa"])]
        assert drawn(found) == {
            "actions": [["szukam", "porównuję"], [], ["używam"]],
            "Ból": [[], ["nikt nie odbiera"], []],
        }
        shown = into.preview("x.csv", text.encode())
        assert (shown.format, shown.rows, shown.guess) == ("csv", [], None)  # nothing is left to ask

    def test_names_that_look_alike_in_ids_stay_two_items(self):
        found = read(",One,Two\nTouchpoints,A b,A-b\nSystems,A b,a B\n")
        assert [(item.kind, item.name) for item in found.library] == [
            ("touchpoint", "A b"), ("touchpoint", "A-b"), ("system", "A b"),
        ]  # fmt: skip
        assert len({item.id for item in found.library}) == 3

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("x" + ",s" * 2001 + "\nActions" + ",a" * 2001, "too_many_steps"),
            (',s\nActions,"' + "a\n" * 20_001 + '"', "too_many_cards"),
        ],
    )
    def test_a_table_has_the_limits_of_a_map(self, text, reason):
        with pytest.raises(MapUnreadable) as refused:
            read(text)
        assert refused.value.reason == reason

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("just a line\n", "no_stages"),
            ("a,b\n\n", "no_stages"),
            ("", "no_stages"),
            ('a,b\n"never closed', "damaged"),
            ("a,b\nc\0,d\n", "not_text"),
            ("," * 5000 + "x\n" + "lane" + "," * 5000 + "y\n", "too_wide"),
        ],
    )
    def test_what_is_no_table_is_refused(self, text, reason):
        with pytest.raises(MapUnreadable) as refused:
            read(text)
        assert refused.value.reason == reason

    def test_texts_over_the_limit_are_cut_and_told(self):
        found = into.read("x.csv", f",One,Two\nNotes,{'a' * 6000},b\n{'c' * 300},d,e\n".encode())
        assert max(len(card.text) for card in found.map.cards()) == 5000
        assert [(note.code, note.values["n"]) for note in found.notes] == [("texts_cut", 2)]


def one_card(text: str) -> Sheet:
    lane = {"id": "l", "kind": "text", "cells": {"p": [{"id": "c", "text": text}]}}
    stage = {"id": "s", "name": "One", "steps": [{"id": "p", "name": "Two"}]}
    return Sheet.model_validate({"id": "m", "name": "n", "stages": [stage], "lanes": [lane], "version": 0})
