"""FAQ candidates of planted enquiries: who came again, against DuckDB; answers, samples, articles, effects by hand."""

import csv
import datetime as dt
import itertools
from pathlib import Path

import duckdb
import pytest

from desireline.errors import BadExpression, UnknownDocument
from desireline.model.intervals import wilson
from desireline.model.mapping import Mapping
from desireline.service.workspace import Workspace

MAPPING = {
    "time": {"column": "time"}, "person": [{"type": "customer_id", "column": "customer"}],
    "event": {"column": "event"}, "channel": {"columns": ["channel"]}, "text": "text", "score": {"column": "score"},
    "properties": ["author", "scale", "experiment", "arm"],
}  # fmt: skip
WORDS = {
    "delivery": (["parcel", "courier", "shipping", "driver", "doorstep"], ["late", "lost"]),
    "login": (["password", "username", "reset link", "two factor code", "login page"], ["wrong", "locked"]),
}
TEXTS = {
    topic: [f"{start} {a} and the {b} were {state}" for a, b, state, start in itertools.product(
        things, things, states, ("Again the", "Once more the"))]
    for topic, (things, states) in WORDS.items()
}  # fmt: skip
FIRST, DAYS, PUBLISHED = dt.datetime(2025, 1, 1, 12, tzinfo=dt.UTC), 240, 180
ANSWER = (
    "Hello {who}. Please choose the forgotten password button. The link is valid for one hour. "
    "Or write to help@bank.example with your name."
)
FIELDS = ("customer", "time", "event", "channel", "text", "score", "author", "scale", "experiment", "arm")


def events():
    """From `PUBLISHED` on fewer delivery contacts; the first person of each day comes again after two days."""
    number = itertools.count()

    def contact(topic, who, time, **more):
        text = TEXTS[topic][next(number) % 100]
        return {"customer": who, "time": time, "event": "Enquiry", "channel": "mail", "text": text, **more}

    for day in range(DAYS):
        noon = FIRST + dt.timedelta(days=day)
        for n in range(4 - 2 * (day >= PUBLISHED) + (day % 3 == 0)):
            yield contact("delivery", f"d{day}-{n}", noon)
        yield contact("delivery", f"d{day}-0", noon + dt.timedelta(days=2), channel="phone")
        for n in range(2 + (day % 4 == 0)):
            who, score = f"l{day}-{n}", (2 if day < PUBLISHED else 3)
            yield contact("login", who, noon, score=score, scale="csat_7")
            yield {"customer": who, "time": noon + dt.timedelta(hours=1), "event": "Reply", "channel": "mail",
                   "text": ANSWER.format(who=who), "author": "agent"}  # fmt: skip
    last = FIRST + dt.timedelta(days=DAYS + 2)
    for n in range(200):
        arm = "holdout" if n % 2 else "article"
        yield {"customer": f"x{n}", "time": last, "event": "experiment_exposure", "channel": "web",
               "experiment": "Help page", "arm": arm}  # fmt: skip
        if n < 60 and (arm == "holdout" or n % 4 == 0):
            yield contact("login", f"x{n}", last + dt.timedelta(days=1))


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("faq") / "events.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, FIELDS)
        writer.writeheader()
        writer.writerows(sorted(events(), key=lambda row: row["time"]))
    return path


@pytest.fixture(scope="module")
def ws(file, tmp_path_factory):
    made = Workspace(tmp_path_factory.mktemp("ws"))
    made.import_files([file], "desk", mapping=Mapping.model_validate(MAPPING))
    made.faq.set({"cost_per_contact": 5, "currency": "EUR", "replies": 'property.author = "agent"'})
    return made


def by_name(ws):
    found = ws.faq.candidates({"k": 2})
    return found, {("login" if "password" in " ".join(c.words + c.quotes) else "delivery"): c for c in found.candidates}


def repeats(file):
    """Contacts followed within 7 days by another one on the topic, of those whose 7 days are over; and all contacts."""
    login = " OR ".join(f"text LIKE '%{word}%'" for word in WORDS["login"][0])
    return dict(
        duckdb.sql(f"""
            WITH e AS (SELECT customer, time::TIMESTAMPTZ t, CASE WHEN {login} THEN 'login' ELSE 'delivery' END topic
                       FROM read_csv('{file}', all_varchar = true) WHERE event = 'Enquiry'),
            n AS (SELECT *, (SELECT max(time::TIMESTAMPTZ) FROM read_csv('{file}', all_varchar = true)) until,
                  EXISTS (SELECT 1 FROM e o WHERE o.customer = e.customer AND o.topic = e.topic AND o.t > e.t
                          AND o.t <= e.t + INTERVAL 7 DAY) again FROM e)
            SELECT topic, [count(*) FILTER (again AND t + INTERVAL 7 DAY <= until),
                           count(*) FILTER (t + INTERVAL 7 DAY <= until), count(*), count(DISTINCT customer)]
            FROM n GROUP BY topic""").fetchall()
    )


def test_candidates_are_ranked_by_contacts_repeats_and_cost(ws, file):
    found, by = by_name(ws)
    for topic, (again, over, contacts, people) in repeats(file).items():
        one = by[topic]
        assert (one.repeat.n, one.repeat.of, one.contacts, one.people) == (again, over, contacts, people)
        assert (one.repeat.low, one.repeat.high) == wilson(again, over)
    delivery, login = by["delivery"], by["login"]
    assert found.candidates[0] is delivery
    assert (found.contacts, found.cost, found.currency) == (delivery.contacts + login.contacts, "typed", "EUR")
    assert login.answers_alike is not None
    assert login.answers_alike > 0.7
    score = delivery.contacts * (delivery.repeat.n + 1) / (delivery.repeat.of + 2) * 5 * login.answers_alike
    assert delivery.score == pytest.approx(score)
    assert (delivery.answers, delivery.answers_alike) == (0, None)
    assert delivery.per_30_days == pytest.approx(delivery.contacts / found.days * 30)


def test_a_forecast_needs_a_coded_sample(ws):
    login = by_name(ws)[1]["login"]
    assert (login.forecast.low, login.forecast.refused, login.forecast.answerable.value) == (None, "not_coded", None)
    sample = ws.faq.sample(login.topic, {"k": 2})
    assert len(sample.texts) == 50
    texts = list(dict.fromkeys(one.text for one in sample.texts))
    ws.faq.code([{"text": text, "answerable": n % 4 > 0} for n, text in enumerate(texts)])
    yes = {text for n, text in enumerate(texts) if n % 4 > 0}
    expected = sum(one.text in yes for one in sample.texts)
    told = by_name(ws)[1]["login"].forecast
    assert (told.answerable.n, told.answerable.of) == (expected, 50)
    low, high = wilson(expected, 50)
    assert told.low == pytest.approx(login.per_30_days * low * 0.1)
    assert told.high == pytest.approx(login.per_30_days * high * 0.3)
    assert told.money_high == pytest.approx(told.high * 5)
    ws.faq.code([{"text": text.upper(), "answerable": None} for text in texts])
    assert by_name(ws)[1]["login"].forecast.refused == "not_coded"


def test_an_outline_quotes_answers_word_for_word(ws):
    _, by = by_name(ws)
    told = ws.faq.outline(by["login"].topic, {"k": 2})
    assert [s.text for s in told.sentences] == [
        "Please choose the forgotten password button.", "The link is valid for one hour."]  # fmt: skip
    assert told.sentences[0].text in ws.event(told.sentences[0].event).text
    assert told.withheld == min(told.settled, 500)
    assert set(told.questions) <= set(TEXTS["login"])
    assert ws.faq.outline(by["delivery"].topic, {"k": 2}).refused == "no_replies"


def test_articles_cover_topics_that_they_speak_of(ws, tmp_path):
    path = tmp_path / "articles.csv"
    path.write_text(
        "Title,URL,Text,Published\n"
        'Password reset,https://h.example/1,"<p>Password wrong or locked, the login page and the username</p>",\n'
        "Opening a shop,https://h.example/2,Rent a room and hire people,\n"
        "Bad day,https://h.example/3,x,31.02.2026\n"
        f"{'Long ' * 50},https://h.example/4,x,\n{'Long ' * 50},https://h.example/5,x,\nLast,https://h.example/6,x,\n"
    )
    done = ws.faq.articles.import_file(path)
    assert (done.added, [(row.row, row.field) for row in done.refused]) == (4, [(3, "published"), (5, "name")])
    assert ws.faq.articles.import_file(path).unchanged == 4
    _, by = by_name(ws)
    assert (by["login"].covered, by["login"].articles[0].url) == (True, "https://h.example/1")
    assert not by["delivery"].covered
    for one in ws.faq.articles.all():
        ws.faq.articles.remove(one.id)


def test_an_article_is_judged_by_its_holdout(ws):
    login = by_name(ws)[1]["login"]
    arms = [{"name": "article"}, {"name": "holdout"}]
    ws.experiments.create({"name": "Help page", "arms": arms, "control": "holdout", "metric": {"event": "Enquiry"}})
    ws.faq.articles.create({"name": "Reset", "topic": login.topic, "asked": {"k": 2}, "experiment": "Help page"})
    told = ws.faq.effect("Reset")
    assert told.deflection is not None
    assert told.recontact is not None
    counts = told.deflection
    assert ((counts.holdout.n, counts.holdout.of), (counts.exposed.n, counts.exposed.of)) == ((30, 100), (15, 100))
    assert counts.value == pytest.approx(0.5)
    assert counts.low is not None
    assert 0 < counts.low < 0.5 < (counts.high or 0) < 1
    assert (told.recontact.n_without, told.recontact.n_with) == (0, 0)  # seven days are not over
    ws.faq.articles.remove("Reset")


def test_an_article_without_a_holdout_is_judged_before_and_after(ws):
    delivery, login = (by_name(ws)[1][name] for name in ("delivery", "login"))
    day = (FIRST + dt.timedelta(days=PUBLISHED)).date()
    for name, topic in (("Where is it", delivery.topic), ("Sign in", login.topic)):
        ws.faq.articles.create({"name": name, "topic": topic, "asked": {"k": 2}, "published": day})
    told = ws.faq.effect("Where is it", "pl")
    found = told.before_after
    assert found is not None
    assert (told.by, found.treated_units, found.control_units) == ("before_after", 1, 1)
    assert found.effect == pytest.approx(-2, abs=0.3)
    assert found.verdict == "worked"
    assert found.sentence.startswith("Zmiana zadziałała")
    score = ws.faq.effect("Sign in").score
    assert score is not None
    assert (score.without, score.with_article, score.difference) == (2, 3, 1)
    later = ws.faq.articles.change("Sign in", 1, {"published": None})
    assert ws.faq.effect(later.id).refused == "not_published"
    counts = {"holdout_people": 100, "holdout_contacted": 0, "exposed_people": 10, "exposed_contacted": 1}
    ws.faq.articles.change("Sign in", 2, {"holdout": counts})
    typed = ws.faq.effect("Sign in").deflection
    assert typed is not None
    assert typed.refused == "no_contacts_in_holdout"
    for name in ("Where is it", "Sign in"):
        ws.faq.articles.remove(name)


def test_what_there_is_not_is_refused(ws):
    with pytest.raises(UnknownDocument):
        ws.faq.sample("Returns", {"k": 2})
    with pytest.raises(BadExpression):
        ws.faq.set({"replies": "author = = agent"})
    empty = Workspace(Path(ws.places.root).parent / "none")
    assert empty.faq.settings().replies is None
    assert empty.faq.articles.all() == empty.promises.all() == []
