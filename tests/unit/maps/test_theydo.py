"""Maps as TheyDo's import files: counts and not scores, insights and opportunities; answers of people become events."""

import io
import json
import zipfile

import jsonschema
import pytest
from hypothesis import given

from desireline.collect.importing import parse
from desireline.errors import MapUnreadable
from desireline.maps import into
from desireline.maps.into import theydo_figures, theydo_responses
from desireline.maps.out import Request
from desireline.maps.out import theydo as theydo_out
from tests.unit.maps.sheets import sheet
from tests.unit.maps.strategies import readable_maps
from tests.unit.maps.test_own_files import zipped
from tests.unit.maps.test_tables import drawn, stages
from tests.unit.maps.theydo_schema import SCHEMAS


def files(told, language="en", **more) -> dict:
    return theydo_out.files(Request(told, language, **more))


def read(*documents: dict):
    if len(documents) == 1:
        return into.read("x.json", json.dumps(documents[0]).encode())
    return into.read("x.zip", zipped({f"{k}.json": json.dumps(told) for k, told in enumerate(documents)}))


def metric(kind: str, *points: dict, **more) -> dict:
    told = {"type": kind, "importKey": "k", "title": "M", "unit": "%", "dataPoints": list(points), **more}
    return {"format": "THEYDO_METRICS_V1", "metrics": [told]}


class TestWriting:
    @given(readable_maps())
    def test_files_keep_to_the_published_schemas(self, told):
        for name, document in files(told).items():
            assert jsonschema.Draft202012Validator(SCHEMAS[name]).is_valid(document)

    def test_a_measured_map_too(self):
        told = files(sheet(), "hr")
        assert list(told) == ["metrics", "insights", "opportunities"]
        for name, document in told.items():
            jsonschema.validate(document, SCHEMAS[name])

    def test_shares_are_counts(self):
        by_key = {told["importKey"]: told for told in files(sheet())["metrics"]["metrics"]}
        stage = sheet().measured.stages["s1"]
        goes_on = by_key["first-purchase.s1.goes_on"]
        assert goes_on["type"] == "RATIO"
        assert goes_on["dataPoints"] == [
            {"dateOfMeasurement": "2026-10-31", "numerator": stage.goes_on, "denominator": stage.people}
        ]
        figure = sheet().measured.cards["m1"].figure
        point = by_key["first-purchase.m1.measured"]["dataPoints"][0]
        assert point["numerator"] == round(figure.value * figure.of)
        assert point["denominator"] == figure.of

    def test_typed_figures_have_the_day_of_the_map(self):
        by_key = {told["importKey"]: told for told in files(sheet())["metrics"]["metrics"]}
        refunds = by_key["first-purchase.m4"]
        assert (refunds["title"], refunds["unit"], refunds["type"]) == ("Refunds", "zł", "OTHER")
        assert refunds["dataPoints"] == [{"dateOfMeasurement": "2026-11-02", "value": 12.5}]
        assert refunds["description"] == "Kupnja › Pays"

    def test_insights_say_their_lane_and_place(self):
        told = files(sheet(), "pl")["insights"]["insights"]
        first = told[0]
        assert first["title"] == "Delivery date not found before the basket; 1 in 9 then calls."
        assert first["description"].startswith("**Delivery date not found**")
        assert first["type"] == "Bolączki"
        assert first["groupTags"] == [{"tagGroup": "Etap", "tag": "Rozważanie"}, {"tagGroup": "Krok", "tag": "Asks"}]
        assert {one["type"] for one in told} == {"Bolączki", "Myśli i cytaty"}

    def test_small_cells_are_hidden_from_outsiders(self):
        keys = [{m["importKey"] for m in files(sheet(), threshold=limit)["metrics"]["metrics"]} for limit in (None, 50)]
        assert "first-purchase.b2.measured" in keys[0] - keys[1]

    def test_the_archive_is_stable_and_empty_kinds_are_no_files(self):
        one, two = (theydo_out.write(Request(sheet(), "en", lanes=("l-opp",))) for _ in range(2))
        assert one == two
        with zipfile.ZipFile(io.BytesIO(one)) as archive:
            assert archive.namelist() == ["metrics.json", "opportunities.json"]


class TestReading:
    @given(readable_maps())
    def test_pains_thoughts_and_chances_come_back(self, told):
        held = ("pain_points", "thoughts", "opportunities")
        if not any(lane.cells for lane in told.lanes if lane.kind in held):
            return
        found = into.read("x.zip", theydo_out.write(Request(told, "hr"))).map
        before, after = texts(told), texts(found)
        assert {kind: before.get(kind) for kind in held} == {kind: after.get(kind) for kind in held}

    def test_typed_metrics_come_back(self):
        found = into.read("x.zip", theydo_out.write(Request(sheet(), "en"))).map
        refunds = next(card for card in found.cards() if card.text == "Refunds")
        assert (refunds.value, refunds.unit) == (12.5, "zł")
        assert stages(found) == stages(sheet())

    @pytest.mark.parametrize(
        ("document", "value", "unit"),
        [
            # 1·5 + 2·10 + 3·20 + 4·40 + 5·25 = 370 points of 100 answers
            (metric("CSAT", {"dateOfMeasurement": "2026-01-01", "veryUnsatisfied": 5, "unsatisfied": 10, "neutral": 20,
                             "satisfied": 40, "verySatisfied": 25}), 3.7, "1–5"),
            (metric("NPS", {"dateOfMeasurement": "2026-01-01", "promoters": 50, "passives": 30, "detractors": 20}), 30,
             "NPS"),
            (metric("CES", {"dateOfMeasurement": "2026-01-01", "score": 15, "respondents": 100}), 15, "%"),
            (metric("RATIO", {"dateOfMeasurement": "2026-01-01", "numerator": 1, "denominator": 8}), 12.5, "%"),
            (metric("OTHER", {"dateOfMeasurement": "2026-01-01", "value": 7.5}, aggregationMethod="AVERAGE", unit="h"),
             7.5, "h"),
        ],
    )  # fmt: skip
    def test_scores_are_computed_from_counts(self, document, value, unit):
        card = read(document).map.cards()[0]
        assert (card.text, card.value, card.unit) == ("M", pytest.approx(value), unit)

    def test_counts_of_a_day_add_up_and_the_newest_day_wins(self):
        points = [
            {"dateOfMeasurement": "2026-02-01", "promoters": 10, "passives": 0, "detractors": 0},
            {"dateOfMeasurement": "2026-02-01", "promoters": 0, "passives": 10, "detractors": 20},
            {"dateOfMeasurement": "2025-12-01", "promoters": 0, "passives": 0, "detractors": 99},
        ]
        found = read(metric("NPS", *points))
        assert found.map.cards()[0].value == pytest.approx(100 * (10 - 20) / 40)
        assert [note.code for note in found.notes] == ["metrics_latest"]
        points = [{"dateOfMeasurement": "2026-02-01", "value": value} for value in (1, 2, 3)]
        for method, value in (("SUM", 6), ("AVERAGE", 2)):
            told = metric("OTHER", *points, aggregationMethod=method)["metrics"][0]
            assert theydo_figures.latest(told).value == value

    def test_insights_find_their_lane_and_place(self):
        def insight(title, **more):
            return {"importKey": title, "title": title, **more}

        groups = (("Stage", "Buy"), ("Step", "Pay"), ("Team", "Web"))
        place = [{"tagGroup": group, "tag": tag} for group, tag in groups]
        found = read(
            {"format": "THEYDO_INSIGHTS_V1", "insights": [
                insight("too slow", empathyScore=-2, weight=3, groupTags=place, tags=["speed"]),
                insight("lovely", empathyScore=1, groupTags=place, description="**So** nice", externalLinks=["ftp://x", "https://a.b"]),
                insight("a quote", type="Quote", empathyScore=-0.5),
                insight("plain", status="open"),
            ]},
            {"format": "THEYDO_SOLUTIONS_V1", "solutions": [insight("one click", priority="HIGH", groupTags=place)]},
            {"format": "THEYDO_OPPORTUNITIES_V1", "opportunities": [insight("less typing"), {"importKey": "no title"}]},
        )  # fmt: skip
        assert stages(found.map) == [("Buy", ["Pay"]), ("", [""])]
        told = drawn(found.map)
        assert told["pain_points"] == [["too slow"], []]
        assert told["thoughts"] == [["**lovely**\n\n**So** nice"], ["a quote", "plain"]]
        assert told["opportunities"] == [["one click"], ["less typing"]]
        by_text = {card.text: card for card in found.map.cards()}
        assert by_text["too slow"].tags == ["speed", "Web"]
        assert by_text["one click"].tags == ["Web", "HIGH"]
        assert by_text["**lovely**\n\n**So** nice"].url == "https://a.b"
        emotions = [card.value for card in found.map.cards() if card.value is not None]
        assert emotions == [pytest.approx((-2 * 3 + 1) / 4), -0.5]
        assert {note.code: note.values["n"] for note in found.notes} == {"empathy": 3, "unknown_parts": 1}

    @pytest.mark.parametrize(
        ("document", "reason"),
        [
            ({"format": "THEYDO_SURVEY_RESPONSES_V1", "surveyMetadata": {}, "responses": []}, "responses"),
            ({"format": "THEYDO_METRICS_V1", "metrics": []}, "no_stages"),
            ({"format": "THEYDO_INSIGHTS_V1", "insights": "none"}, "no_stages"),
        ],
    )
    def test_what_makes_no_map_is_refused(self, document, reason):
        with pytest.raises(MapUnreadable) as refused:
            read(document)
        assert refused.value.reason == reason


def answer(identifier: str, when: str, **fields: str) -> dict:
    listed = [{"fieldId": key, "textValue": value} for key, value in fields.items()]
    return {"responseId": identifier, "responseDateTime": when, "responseFields": listed}


SURVEY = {
    "format": "THEYDO_SURVEY_RESPONSES_V1",
    "surveyMetadata": {
        "surveyName": "After delivery", "surveyId": "s-1",
        "surveyFields": [
            {"fieldId": "q1", "fieldName": "Why?", "required": False},
            {"fieldId": "q2", "fieldName": "How satisfied are you?", "fieldType": "TEXT", "required": True},
            {"fieldId": "q3", "fieldName": "time", "fieldType": "TAG_GROUP", "tagGroupTitle": "Topic"},
            {"fieldId": "q4", "fieldName": "internal", "fieldType": "IGNORE", "required": False},
        ],
    },
    "responses": [
        answer("r1", "2026-03-01T10:00:00Z", q1="Szybko, ładnie 🎁", q2="5", q3="speed", q4="secret"),
        answer("r2", "2026-03-02T23:59:59.5Z", q1="Čekao sam", q2="2"),
        answer("", "2026-03-02T23:59:59Z", q2="1"),
    ],
}  # fmt: skip


class TestResponses:
    def test_they_are_events_that_the_import_reads(self, tmp_path):
        found = theydo_responses.read("x.json", json.dumps(SURVEY).encode())
        assert (found.name, found.rows) == ("After delivery", 3)
        path = tmp_path / "answers.jsonl"
        path.write_bytes(found.lines)
        batches = list(parse([path], source="survey", mapping=found.mapping))
        assert [row["reason"] for batch in batches for row in batch.rejects.to_pylist()] == ["no_person"]
        events = [row for batch in batches for row in batch.events.to_pylist()]
        about = [json.loads(e["properties"]) for e in events]
        told = [(a["question"], a["question_text"], a.get("scale")) for a in about]
        assert told == [("q1", "Why?", None), ("q2", "How satisfied are you?", "number")] * 2
        assert [(e["name"], e["channel"], e["text"], e["score"], e["event_id"]) for e in events] == [
            ("After delivery", "survey", "Szybko, ładnie 🎁", None, "r1:q1"),
            ("After delivery", "survey", None, 5.0, "r1:q2"),
            ("After delivery", "survey", "Čekao sam", None, "r2:q1"),
            ("After delivery", "survey", None, 2.0, "r2:q2"),
        ]
        assert events[0]["time"] == 1_772_359_200_000_000  # 2026-03-01 10:00 UTC
        assert [a.get("time 2") for a in about] == ["speed", "speed", None, None]
        assert {a["survey"] for a in about} == {"After delivery"}
        assert "secret" not in found.lines.decode()
        people = [e["identifiers"] for e in events]
        assert people[0] == people[1] != people[2]
        assert {one["type"] for listed in people for one in listed} == {"case"}

    def test_feedback_is_read_alike(self):
        told = {
            "format": "THEYDO_FEEDBACK_RESPONSES_V1",
            "feedbackMetadata": {"feedbackName": "Chat", "feedbackId": "f", "feedbackFields": [
                {"fieldId": "a", "fieldName": "text", "required": True},
                {"fieldId": "b", "fieldName": "who", "fieldType": "PERSONA"},
            ]},
            "responses": [answer("r", "2026-01-01T00:00:00Z", a="hm", b="Buyer")],
        }  # fmt: skip
        found = theydo_responses.read("x.json", json.dumps(told).encode())
        row = json.loads(found.lines)
        assert (row["event"], row["text"], row["who"]) == ("Chat", "hm", "Buyer")
        assert found.mapping.channel.constant == "feedback"

    def test_no_answers_are_no_answers(self):
        with pytest.raises(MapUnreadable):
            theydo_responses.read("x.json", b'{"format": "THEYDO_METRICS_V1", "metrics": []}')


def texts(document) -> dict[str, dict[tuple[str, str], list[str]]]:
    """Sorted words of cards by kind and place."""
    place = {step.id: (stage.name, step.name) for stage in document.stages for step in stage.steps}
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    for lane in document.lanes:
        for step, cards in lane.cells.items():
            found.setdefault(lane.kind, {}).setdefault(place[step], []).extend(card.text for card in cards)
    return {kind: {at: sorted(told) for at, told in cells.items()} for kind, cells in found.items()}
