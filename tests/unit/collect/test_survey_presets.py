"""Exports of survey tools and review sites, written as their makers describe them."""

import json
from pathlib import Path

import pyarrow as pa
import pytest
from pydantic import ValidationError

from desireline.collect.importing import parse
from desireline.collect.preview import preview
from desireline.model.mapping import Mapping

ID = '"{""ImportId"":""x""}"'
FILES = {
    "qualtrics": (
        ("StartDate,EndDate,ResponseId,Finished,RecipientEmail,UserLanguage,Q1,Q2\n"
        "Start Date,End Date,Response ID,Finished,Recipient Email,User Language,Would you recommend us?,Why?\n"
        f"{','.join([ID] * 8)}\n"
        "2026-05-01 10:00:00,2026-05-01 10:05:00,R_1,True,a@x.pl,PL,9,szybko\n"
        "2026-05-02 10:00:00,2026-05-02 10:05:00,R_2,True,b@x.pl,EN,3,\n"),
        [("Q1", "nps", 9, None), ("Q2", None, None, "szybko"), ("Q1", "nps", 3, None)],
    ),
    "surveymonkey": (
        ("Respondent ID,Collector ID,Start Date,End Date,Email Address,Satisfied?,Which of these?,,Anything?\n"
        ",,,,,Response,Shop,Phone,Open-Ended Response\n"
        "11,7,05/21/2026 09:59:00 AM,05/21/2026 10:00:00 AM,a@x.pl,Very satisfied,,Phone,thanks\n"
        "12,7,05/21/2026 10:58:00 AM,05/21/2026 11:00:00 AM,b@x.pl,Dissatisfied,Shop,,\n"),
        [("Satisfied?", "csat_5", 5, None), ("column_8", None, None, "Phone"),
         ("Anything?", None, None, "thanks"), ("Satisfied?", "csat_5", 2, None),
         ("Which of these?", None, None, "Shop")],
    ),
    "typeform": (
        ("#,How likely are you to recommend us?,Start Date (UTC),Submit Date (UTC),Network ID\n"
        "abc,10,2026-05-01 10:00:00,2026-05-01 10:01:00,n1\n"),
        [("How likely are you to recommend us?", "nps", 10, None)],
    ),
    "google_forms": (
        ("Timestamp,Email Address,Rate us with stars\n2026/05/01 10:00:00 AM GMT+2,a@x.pl,4\n"
        "2026/05/01 10:00:00 AM GMT+2,,1\n"),
        [("Rate us with stars", "stars_5", 4, None), ("Rate us with stars", "stars_5", 1, None)],
    ),
    "google_forms_pl": (
        ("Sygnatura czasowa,Adres e-mail,Czy nas polecisz?\n2026/05/01 10:00:00 AM GMT+2,a@x.pl,9\n"
        "2026-05-01 10:00:01,b@x.pl,8\n01.05.2026 10:00:02,,7\n"),
        [("Czy nas polecisz?", "nps", 9, None), ("Czy nas polecisz?", "nps", 8, None),
         ("Czy nas polecisz?", "nps", 7, None)],
    ),
    "google_forms_hr": (
        ("Vremenska oznaka,E-adresa,Koliko zvjezdica?\n2026/05/01 10:00:00 AM GMT+2,a@x.hr,3\n"
        "1.5.2026. 10:00:01,b@x.hr,5\n"),
        [("Koliko zvjezdica?", "stars_5", 3, None), ("Koliko zvjezdica?", "stars_5", 5, None)],
    ),
    "zendesk_satisfaction": (
        ("id,score,ticket_id,requester_id,created_at,updated_at,comment\n"
        "1,good,77,5,2026-05-01T10:00:00Z,2026-05-01T11:00:00Z,kind\n"
        "2,offered,78,6,2026-05-01T10:00:00Z,2026-05-01T11:00:00Z,\n"
        "3,bad_with_comment,79,7,2026-05-01T10:00:00Z,2026-05-01T11:00:00Z,slow\n"),
        [("satisfaction", "thumbs", 1, "kind"), (None, None, None, None), ("satisfaction", "thumbs", 0, "slow")],
    ),
    "google_play_reviews": (
        ("Package Name,App Version Name,Reviewer Language,Star Rating,Review Submit Date and Time,"
        "Review Last Update Date and Time,Review Text,Review Link\n"
        "org.shop,1.2,hr,2,2026-05-01T10:00:00Z,2026-05-01T10:00:00Z,Ruši se,https://x/1\n"
        "org.shop,1.2,hr,5,2026-05-01T11:00:00Z,2026-05-01T11:00:00Z,,\n"),
        [("stars", "stars_5", 2, "Ruši se"), ("stars", "stars_5", 5, None)],
    ),
    "app_store_reviews": (
        "id,rating,title,body,reviewerNickname,createdDate,territory\n9,5,Super,Działa,ktos,2026-05-01T10:00:00Z,POL\n",
        [("stars", "stars_5", 5, "Działa")],
    ),
    "shop_reviews": (
        "review_id,rating,review_text,review_date\n4,1,<b>late</b>,2026-05-01\n",
        [("stars", "stars_5", 1, "<b>late</b>")],
    ),
    "feedback_wide": (
        "respondent_id,timestamp,response_id,nps,comment\n1,2026-05-01,r1,7,fine\n1,2026-05-01,r1,7,fine\n",
        [("nps", "nps", 7, None), ("comment", None, None, "fine")] * 2,
    ),
    "feedback_long": (
        "respondent_id,timestamp,touchpoint,question,answer\n1,2026-05-01,Shop,nps,7\n1,2026-05-01,Shop,why,slow\n",
        [("nps", "nps", 7, None), ("why", None, None, "slow")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_an_export_is_recognised_and_its_answers_are_events(name: str, tmp_path: Path) -> None:
    content, wanted = FILES[name]
    file = tmp_path / "export.csv"
    file.write_text(content, encoding="utf-8")
    parts = list(parse([file], source="s"))
    events = pa.concat_tables([p.events for p in parts]).to_pylist()
    about = [json.loads(e["properties"]) for e in events]
    found = [(a.get("question"), a.get("scale"), e["score"], e["text"]) for a, e in zip(about, events, strict=True)]
    assert found == wanted
    assert sum(p.rejects.num_rows for p in parts) == 0


@pytest.mark.parametrize("name", ["qualtrics", "google_forms_pl", "zendesk_satisfaction"])
def test_what_the_preview_shows_reads_the_same(name: str, tmp_path: Path) -> None:
    content, wanted = FILES[name]
    file = tmp_path / "export.csv"
    file.write_text(content, encoding="utf-8")
    shown = preview(file)
    assert shown.preset == name
    assert shown.mapping is not None
    again = list(parse([file], source="s", mapping=shown.mapping))
    assert [e["score"] for p in again for e in p.events.to_pylist()] == [score for _, _, score, _ in wanted]


PLAY = ("Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,"
    "Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,"
    "Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,"
    "Developer Reply Text,Review Link")  # fmt: skip
"""The whole header of a monthly report, as it stands in public repositories."""


def test_a_monthly_report_of_the_play_console_is_utf_16_with_all_its_columns(tmp_path: Path) -> None:
    row = ("org.shop,42,4.2.0,pl,flame,2026-04-30T22:00:00Z,1,2026-05-01T08:00:00Z,1,2,,"
        '"Ruši se, 😡",,,,https://play.google.com/r/1')  # fmt: skip
    file = tmp_path / "reviews_org.shop_202605.csv"
    file.write_bytes(b"\xff\xfe" + f"{PLAY}\n{row}\n".encode("utf-16-le"))
    (event,) = [e for p in parse([file], source="s") for e in p.events.to_pylist()]
    assert (event["score"], event["text"], event["time"]) == (2, "Ruši se, 😡", 1_777_622_400_000_000)
    assert json.loads(event["properties"])["language"] == "pl"


@pytest.mark.parametrize(
    ("written", "hour"), [("GMT+2", 8), ("CEST", 8), ("CET", 9), ("MDT", 16), ("EST", 15), ("GMT+5:30", 4.5)]
)
def test_times_of_a_form_bear_the_zone_of_its_account(written: str, hour: float, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(f"Timestamp,Email Address,Stars?\n2026/05/01 10:00:00 AM {written},a@x.pl,4\n")
    (event,) = [e for p in parse([file], source="s") for e in p.events.to_pylist()]
    assert event["time"] == 1_777_593_600_000_000 + hour * 3_600_000_000  # 1 May, 00:00 UTC


def test_what_was_asked_comes_from_the_second_header_row(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(FILES["qualtrics"][0], encoding="utf-8")
    events = next(parse([file], source="s")).events
    assert json.loads(events["properties"][0].as_py())["question_text"] == "Would you recommend us?"
    assert events["line"].to_pylist() == [4, 4, 5]
    file.write_text(FILES["surveymonkey"][0], encoding="utf-8")
    events = next(parse([file], source="s")).events
    asked = [json.loads(about)["question_text"] for about in events["properties"].to_pylist()]
    assert asked[1] == "Which of these? Phone"
    assert asked[4] == "Which of these? Shop"


def test_who_answers_without_a_name_is_a_case_of_their_own_the_same_each_time(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("Timestamp,Stars?\n2026/05/01 10:00:00 AM GMT+2,4\n2026/05/01 10:00:01 AM GMT+2,4\n")
    assert preview(file).preset is None, "a column of times alone is no form"
    read = [e for p in parse([file], source="s", preset="google_forms") for e in p.events.to_pylist()]
    assert [e["time"] for e in read] == [1_777_622_400_000_000, 1_777_622_401_000_000]  # 08:00 UTC
    who = [e["identifiers"] for e in read]
    assert who[0] != who[1]
    assert {one["type"] for listed in who for one in listed} == {"case"}
    assert all(one["value"].startswith("s:") for listed in who for one in listed)
    file.write_text(file.read_text() + "2026/05/02 10:00:00 AM GMT+2,4\n")
    later = [e["identifiers"] for p in parse([file], source="s", preset="google_forms") for e in p.events.to_pylist()]
    assert later[:2] == who


def test_a_row_that_names_nobody_is_rejected_unless_the_mapping_says_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("who,at\nn/a,2026-05-01\na,2026-05-02\n")
    fields = {"person": [{"column": "who"}], "time": {"column": "at"}, "event": {"constant": "Visit"}}
    found = {}
    for anonymous in ("reject", "case"):
        mapping = Mapping.model_validate({**fields, "anonymous": anonymous})
        parts = list(parse([file], source="s", mapping=mapping))
        found[anonymous] = [one["type"] for p in parts for e in p.events.to_pylist() for one in e["identifiers"]]
        assert [r["reason"] for p in parts for r in p.rejects.to_pylist()] == ["no_person"] * (anonymous == "reject")
    assert found == {"reject": ["customer_id"], "case": ["case", "customer_id"]}
    with pytest.raises(ValidationError):
        Mapping.model_validate({**fields, "person": []})
