"""Answers as files: what is in them when another program reads them."""

import csv
import io
import json
import shlex

import openpyxl
import pytest
from pydantic import BaseModel

from desireline.model.question import Filters, Result
from desireline.service.exports import exported
from desireline.service.workspace import Workspace
from tests.commands import desireline_command


class _Row(BaseModel):
    name: str
    people: int
    share: float | None
    returned: list[int | None]


class _Told(Result):
    table = "rows_"
    rows_: list[_Row]


def result() -> Result:
    return _Told(
        question="funnel", grain="person", people_in_scope=4, events=9, outside_definition=0, first=None, last=None,
        definition_version=None, definition_name=None, segment=None, zone="UTC", until=None, filters=Filters(),
        drilldown="", rows_=[
            _Row(name="=HYPERLINK(1)", people=4, share=0.5, returned=[4, None]),
            _Row(name="Zażółć, „gęślą”", people=2, share=None, returned=[2, 1]),
        ],
    )  # fmt: skip


def test_csv_is_read_back_and_runs_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(exported(result(), "csv").decode("utf-8-sig"))))
    assert rows == [
        {"name": "'=HYPERLINK(1)", "people": "4", "share": "0.5", "returned.0": "4", "returned.1": ""},
        {"name": "Zażółć, „gęślą”", "people": "2", "share": "", "returned.0": "2", "returned.1": "1"},
    ]


def test_a_workbook_holds_texts_as_texts_and_says_what_they_are_of() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(result(), "xlsx")))
    cells = [[cell.value for cell in row] for row in book["funnel"].iter_rows()]
    assert cells[0] == ["name", "people", "share", "returned.0", "returned.1"]
    assert cells[1] == ["=HYPERLINK(1)", 4, 0.5, 4, None]
    assert book["funnel"]["A2"].data_type == "s"
    assert {row[0].value: row[1].value for row in book["about"].iter_rows()}["people_in_scope"] == 4


@pytest.mark.parametrize("question", ["funnel", "transitions", "variants"])
def test_the_command_that_is_told_gives_the_same_answer(households: Workspace, question: str) -> None:
    fields = {"steps": ["Mailing", "Coupon redeemed"]} if question == "funnel" else {"top": 3}
    fields |= {"by_event_name": True}
    told = households.code(question, fields)
    ran = desireline_command(*shlex.split(told.command)[1:])
    assert json.loads(ran.out) == json.loads(households.ask(question, fields).model_dump_json(by_alias=True))
    lines: dict[str, object] = {}
    exec(told.python.replace("\nws.ask", "\nanswer = ws.ask"), lines)  # noqa: S102 it is our own
    assert lines["answer"] == households.ask(question, fields)
