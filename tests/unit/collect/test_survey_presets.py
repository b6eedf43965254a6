"""Exports of survey tools and review sites, written as their makers describe them."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

from desireline.collect.importing import parse
from desireline.collect.preview import preview

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
        ("Respondent ID,Collector ID,Date Created,Email Address,How satisfied are you?,Anything else?\n"
        ",,,,Response,Open-Ended Response\n"
        "11,7,05/21/2026 10:00:00 AM,a@x.pl,Very satisfied,thanks\n"
        "12,7,05/21/2026 11:00:00 AM,b@x.pl,Dissatisfied,\n"),
        [("How satisfied are you?", "csat_5", 5, None), ("Anything else?", None, None, "thanks"),
         ("How satisfied are you?", "csat_5", 2, None)],
    ),
    "typeform": (
        ("#,How likely are you to recommend us?,Start Date (UTC),Submit Date (UTC),Network ID\n"
        "abc,10,2026-05-01 10:00:00,2026-05-01 10:01:00,n1\n"),
        [("How likely are you to recommend us?", "nps", 10, None)],
    ),
    "google_forms": (
        "Timestamp,Email Address,Rate us with stars\n2026/05/01 10:00:00,a@x.pl,4\n",
        [("Rate us with stars", "stars_5", 4, None)],
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
        "org.shop,1.2,hr,2,2026-05-01T10:00:00Z,2026-05-01T10:00:00Z,Ruši se,https://x/1\n"),
        [("stars", "stars_5", 2, "Ruši se")],
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

    shown = preview(file)
    assert shown.preset == name
    assert shown.mapping is not None
    again = list(parse([file], source="s", mapping=shown.mapping))
    assert [e["score"] for p in again for e in p.events.to_pylist()] == [score for _, _, score, _ in wanted]


def test_what_was_asked_comes_from_the_second_header_row(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(FILES["qualtrics"][0], encoding="utf-8")
    events = next(parse([file], source="s")).events
    assert json.loads(events["properties"][0].as_py())["question_text"] == "Would you recommend us?"
    assert events["line"].to_pylist() == [4, 4, 5]
