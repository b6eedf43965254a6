"""The stream, the counts and the quotes of feedback, against counts by hand and DuckDB over the same rows."""

import csv
import io
from pathlib import Path

import pytest

from desireline.collect.mapping_file import read_mapping
from desireline.errors import BadQuestion
from desireline.service.workspace import Workspace

MAPPING = read_mapping("""
person: [{column: who, type: customer_id}]
time: {column: at}
event: {constant: Survey}
channel: {columns: [channel]}
feedback:
  survey: Spring
  language_column: lang
  invitation: {column: invite}
  answers:
    - {column: nps, scale: nps, blank: ["11"], event: Shop, text_column: why}
    - {column: ease, scale: csat_7, event: Checkout}
    - {column: colour, scale: choice}
""")
ROWS = """who,at,channel,lang,invite,nps,why,ease,colour
a,2026-05-01,web,en,i1,10,=SUM(A1),7,red
b,2026-05-02,web,pl,i2,6,"<b>zbyt wolno</b>",1,red
c,2026-05-03,phone,en,i3,8,The parcel came late again,,blue
d,2026-05-04,phone,en,i4,0,Late parcel,,
e,2026-05-05,web,en,i5,11,,,
"""
STARS = read_mapping("""
person: [{column: who, type: customer_id}]
time: {column: at}
event: {constant: Survey}
feedback: {language_column: lang, answers: [{column: stars, scale: stars_5, event: Shop, text_column: why}]}
""")


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("feedback")
    (folder / "s.csv").write_text(ROWS)
    made = Workspace(folder / "ws")
    made.import_files([folder / "s.csv"], "s", mapping=MAPPING)
    return made


def test_counts_by_touchpoint_and_scale(ws: Workspace) -> None:
    found = ws.feedback.counts()
    assert (found.n, found.people, found.with_text) == (9, 4, 4)
    by = {(c.touchpoint or "", c.scale): c for c in found.counts}
    shop = by["Shop", "nps"]
    assert (shop.buckets, shop.mean) == ({"promoters": 1, "passives": 1, "detractors": 2}, 6.0)
    assert (shop.value, shop.low, shop.high) == pytest.approx((-25, -72.73, 44.16), abs=0.01)
    satisfied = by["Checkout", "csat_7"]
    assert (satisfied.value, satisfied.low, satisfied.high) == pytest.approx((0.5, 0.0945, 0.9055), abs=0.0001)
    assert by["Survey", "choice"].value is None
    assert shop.scores == {"0": 1, "6": 1, "8": 1, "10": 1}
    assert by["Checkout", "csat_7"].buckets == {"satisfied": 1, "neutral": 0, "unsatisfied": 1}
    assert by["Survey", "choice"].scores == {"red": 2, "blue": 1}
    assert [(s.survey, s.invited, s.answered) for s in found.surveys] == [("Spring", 5, 4)]
    assert found.channels == {"web": 6, "phone": 3}
    assert found.languages == {"en": 6, "pl": 3}


def test_the_stream_is_newest_first_and_in_pages(ws: Workspace) -> None:
    whole = ws.feedback.stream()
    assert whole.total == 9
    assert [i.time for i in whole.items] == sorted((i.time for i in whole.items), reverse=True)
    paged = [i.id for start in range(0, 9, 2) for i in ws.feedback.stream(limit=2, offset=start).items]
    assert paged == [i.id for i in whole.items]
    first = whole.items[0]
    assert (first.person, first.score, first.band, first.text) == ("customer_id:d", 0, "bad", "Late parcel")


@pytest.mark.parametrize(
    ("asked", "people"),
    [
        ({"search": "PARCEL"}, "dc"), ({"bands": ["bad"]}, "dbb"), ({"scales": ["csat_7"]}, "ba"),
        ({"touchpoints": ["Checkout"]}, "ba"), ({"channels": ["phone"]}, "dcc"), ({"languages": ["pl"]}, "bbb"),
        ({"with_text": True, "since": "2026-05-02", "until": "2026-05-03"}, "cb"), ({"questions": ["colour"]}, "cba"),
        ({"surveys": ["None such"]}, ""),
    ],
)  # fmt: skip
def test_filters(ws: Workspace, asked: dict[str, object], people: str) -> None:
    found = ws.feedback.stream(asked)
    assert "".join(i.person[-1] for i in found.items) == people
    assert found.total == len(people) == ws.feedback.counts(asked).n


def test_texts_are_kept_as_they_are_and_formulas_disarmed(ws: Workspace) -> None:
    texts = {i.text for i in ws.feedback.stream({"with_text": True}).items}
    assert {"<b>zbyt wolno</b>", "=SUM(A1)"} <= texts
    rows = list(csv.DictReader(io.StringIO("".join(ws.feedback.export({"scales": ["nps"]})))))
    assert [r["text"] for r in rows] == ["Late parcel", "The parcel came late again", "<b>zbyt wolno</b>", "'=SUM(A1)"]


def test_quotes_are_typical_and_recent(ws: Workspace) -> None:
    found = ws.feedback.quotes("Shop", count=1)
    assert found.n == 4
    assert [q.person for q in found.typical] == ["customer_id:c"]
    assert [q.person for q in found.recent] == ["customer_id:d"]


def test_a_filter_that_makes_no_sense_is_refused(ws: Workspace) -> None:
    with pytest.raises(BadQuestion):
        ws.feedback.stream({"scales": ["stars"]})


def test_quotes_of_studies_stand_beside_feedback_and_obey_its_filters(ws: Workspace) -> None:
    said = [{"id": "q1", "text": "Where is my PARCEL?", "who": "P3", "touchpoint": "Shop", "language": "en"},
            {"id": "q2", "text": "Gdzie ona jest?", "touchpoint": "Shop", "language": "pl"},
            {"id": "q3", "text": "It was easy.", "touchpoint": "Checkout"}]  # fmt: skip
    fields = {"name": "Spring", "method": "interview", "date": "2026-03-04", "participants": 6, "quotes": said}
    study = ws.studies.create(fields)
    found = ws.feedback.quotes("Shop")
    assert [(one.name, one.method, one.quote.who) for one in found.studies] == [
        ("Spring", "interview", "P3"), ("Spring", "interview", None)]  # fmt: skip
    assert found.n == 4
    left = [{"languages": ["pl"]}, {"search": "parcel"}, {"until": "2026-03-03"}, {"bands": ["bad"]}]
    quoted = [[one.quote.id for one in ws.feedback.quotes("Shop", asked).studies] for asked in left]
    assert quoted == [["q2"], ["q1"], [], []]
    ws.studies.remove(study.id)


def test_sentiment_takes_scores_whose_scale_nobody_declared(tmp_path: Path) -> None:
    lines = ["person_id,timestamp,event,channel,score,text"]
    for n, (score, said) in enumerate([(1, "Nobody came"), (2, "It was late"), (3, "So so"), (5, "Very friendly")]):
        lines.append(f"p{n},2026-05-0{n + 1},CSAT survey,web,{score},{said} number {n}")
    (tmp_path / "s.csv").write_text("\n".join(lines))
    made = Workspace(tmp_path / "ws")
    made.import_files([tmp_path / "s.csv"], "s", preset="generic")
    assert [c.scale for c in made.feedback.counts().counts] == ["csat_5"]
    known = {
        one.text.split(" number")[0]: one.label for one in made.sentiment.texts().texts if one.judged_by == "score"
    }
    assert known == {"Nobody came": "negative", "It was late": "negative", "Very friendly": "positive"}


def test_feedback_is_filtered_by_what_its_texts_say_and_by_what_says_so(tmp_path: Path) -> None:
    """By hand: p0, p1 negative and p3 positive by their stars; the list of words reads p4; p2 a person corrects."""
    said = ["Nobody came", "It was late", "So so", "Very friendly", "I hate waiting", "Parcel 7", ""]
    stars = [1, 2, 3, 5, "", "", 4]
    lines = ["who,at,lang,stars,why"]
    lines += [f"p{n},2026-05-0{n + 1},en,{stars[n]},{text}" for n, text in enumerate(said)]
    (tmp_path / "s.csv").write_text("\n".join(lines))
    made = Workspace(tmp_path / "ws")
    made.import_files([tmp_path / "s.csv"], "s", mapping=STARS)
    made.sentiment.correct({"text": "so SO", "label": "neutral"})

    def people(asked: dict[str, object]) -> list[str]:
        page = made.feedback.stream(asked)
        assert made.feedback.counts(asked).n == page.total == len(page.items)
        return [one.person.rpartition(":")[2] for one in reversed(page.items)]

    assert people({"sentiments": ["negative"]}) == ["p0", "p1", "p4"]
    assert people({"sentiments": ["negative"], "judged_by": ["model"]}) == ["p4"]
    assert people({"judged_by": ["score"]}) == ["p0", "p1", "p3"]
    assert people({"judged_by": ["correction"]}) == people({"sentiments": ["neutral"]}) == ["p2"]
    assert people({"sentiments": ["unsure"]}) == ["p5"]
    assert people({"sentiments": ["negative"], "until": "2026-05-01"}) == ["p0"]
    (english,) = made.sentiment.told({"until": "2026-05-03"}).languages
    assert (english.texts, english.known, english.corrected, english.labels.neutral) == (3, 3, 1, 1)


def test_a_correction_lets_a_model_be_learnt_that_judges_other_texts(tmp_path: Path) -> None:
    """50 labels of each kind are needed: 50 bad scores, 49 good ones, and one text that a person calls good."""
    lines = ["who,at,lang,stars,why", "c,2026-05-02,pl,,obsługa bardzo miła", "d,2026-05-02,pl,,obsługa dziś miła"]
    lines += [f"a{n},2026-05-01,pl,1,przesyłka numer {n} uszkodzona" for n in range(50)]
    lines += [f"b{n},2026-05-01,pl,5,obsługa numer {n} miła" for n in range(49)]
    (tmp_path / "s.csv").write_text("\n".join(lines))
    made = Workspace(tmp_path / "ws")
    made.import_files([tmp_path / "s.csv"], "s", mapping=STARS)
    day = {"since": "2026-05-02"}
    before = made.sentiment.texts(day).texts
    assert [(one.label, one.judged_by) for one in before] == [("unsure", None)] * 2
    assert made.sentiment.told().languages[0].needed == 1
    made.sentiment.correct({"text": "obsługa bardzo miła", "label": "positive"})
    after = {one.text: (one.label, one.judged_by) for one in made.sentiment.texts(day).texts}
    assert after == {
        "obsługa bardzo miła": ("positive", "correction"), "obsługa dziś miła": ("positive", "model"),
    }  # fmt: skip


def test_a_text_is_judged_by_all_texts_of_the_workspace_whatever_is_filtered(tmp_path: Path) -> None:
    """A day without any label of its own is judged by the model that the other days' labels made."""
    lines = ["who,at,lang,stars,why"]
    for n in range(60):
        lines.append(f"a{n},2026-05-01,pl,1,przesyłka numer {n} uszkodzona")
        lines.append(f"b{n},2026-05-01,pl,5,obsługa numer {n} miła")
    lines.append("c,2026-05-02,pl,,znowu przesyłka uszkodzona")
    (tmp_path / "s.csv").write_text("\n".join(lines))
    made = Workspace(tmp_path / "ws")
    made.import_files([tmp_path / "s.csv"], "s", mapping=STARS)
    day = made.sentiment.told({"since": "2026-05-02"})
    assert (day.model, day.texts, day.labels.negative) == ("own", 1, 1)
    assert day.quality == made.sentiment.told().quality is not None
