"""What is read out of sentences, against sentences worked out by hand; what contradicts what."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from desireline.model.promise import Message, ReadMessage
from desireline.voice.promises.comparing import compared
from desireline.voice.promises.extract import extracted

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "promises.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_sentences_worked_out_by_hand(case: dict[str, Any]) -> None:
    found = [e for e in extracted(case["text"], case["in"]) if e.unit != "word" or case.get("tone")]
    found.sort(key=lambda e: (e.start, e.end, e.kind == "ends_on"))
    assert [f"{e.kind} {e.value}" for e in found] == case["found"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [("We are Desireline.", ["Desireline"]), ("Desire Line, DESIRELINE", ["Desire Line", "DESIRELINE"]),
     ("Desireline’s map", ["Desireline’s"]), ("W Desirelinie i Desirelinem", ["Desirelinem"]), ("desired line", []),
     ("Oho or o-ho", ["Oho", "o-ho"]), ("o ho", [])],
)  # fmt: skip
def test_names_are_found_however_they_are_written(text: str, quotes: list[str]) -> None:
    found = extracted(text, "en", {"Desireline": [], "Oho": ["O-ho"]})
    assert [e.quote for e in found if e.kind == "brand"] == quotes


def message(name: str, text: str, language: str = "en", offer: str = "Shoes", **fields: Any) -> ReadMessage:
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made = Message.model_validate(
        {"id": f"m-{name}", "name": name, "author": "local", "created": now, "changed": now, "touchpoint": name,
         "channel": fields.pop("channel", "web"), "offer": offer, "language": language, "text": text, **fields}
    )  # fmt: skip
    return ReadMessage(message=made, found=extracted(text, language, {"Desireline": []}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "sure"),
    [
        ("en: Price €49.", "hr: Cijena 49 €.", None), ("en: Price €49.", "hr: Cijena 59 €.", "exact"),
        ("en: Was €59, now €49.", "pl: Cena 49 €.", None), ("hr: Cijena 375,00 kn.", "hr: Cijena 49,77 €.", None),
        ("hr: Cijena 375,00 kn.", "hr: Cijena 59,77 €.", "exact"), ("pl: Cena 199 zł.", "en: Price €49.", None),
        ("en: Prices from €40.", "en: Price €49.", None), ("en: Prices from €50.", "en: Price €49.", "ranges_apart"),
        ("en: Prices from €50.", "en: Prices from €40.", "exact"),
        ("en: Delivery in 2-3 days.", "pl: Dostawa w 24 godziny.", "ranges_apart"),
        ("en: Delivery in 2-3 days.", "pl: Dostawa w 3-5 dni.", "ranges_differ"),
        ("en: Delivery in 2 days.", "pl: Dostawa w 48 godzin.", None),
        ("en: Delivery within 24 hours.", "hr: Dostava u roku od 48 sati.", "exact"),
        ("en: Delivery in 2 working days.", "en: Delivery in 3 days.", None),
        ("en: Delivery in 2 working days.", "en: Delivery in 10 days.", "ranges_apart"),
        ("en: Return within 30 days.", "pl: Masz 14 dni na zwrot.", "exact"),
        ("en: Return within a month or 30 days.", "pl: 30 dni na zwrot.", None),
        ("en: Free delivery!", "pl: Dostawa 9,99 zł.", "exact"), ("en: 20% off.", "hr: Popust 20 %.", None),
        ("en: 3 for 2.", "pl: Kup 2+1 gratis.", None), ("en: 20% off.", "pl: Rabat 25%.", "exact"),
        ("en: Open Mon-Fri 9am-5pm.", "pl: Czynne pon-pt 9:00-17:00.", None),
        ("en: Open Mon-Fri 9am-5pm.", "hr: Otvoreno srijedom 9-18 h.", "exact"),
        ("en: Open Mon-Fri 9am-5pm.", "hr: Otvoreno subotom 9-18 h.", None),
        ("en: Ends 24 December 2026.", "pl: Promocja do 24 grudnia.", None),
        ("en: Ends 24 December 2026.", "pl: Promocja do 31 grudnia.", "exact"),
    ],
)  # fmt: skip
def test_contradictions_between_two_messages(one: str, other: str, sure: str | None) -> None:
    sides = [message(name, text[4:], text[:2]) for name, text in (("a", one), ("b", other))]
    for pair in (sides, sides[::-1]):
        found = compared(pair)
        assert [c.sure for c in (*found.contradictions, *found.differing)] == ([sure] if sure else [])
    if sure:
        (shown,) = (*found.contradictions, *found.differing)
        said = {"a": one, "b": other}
        assert {side.name: {e.quote in said[side.name] for e in side.said} for side in shown.sides} == {
            "a": {True}, "b": {True}}  # fmt: skip


def test_only_messages_of_one_offer_at_the_same_time_are_compared() -> None:
    cheap, dear = "Price €49.", "Price €59."
    spring = {"valid_from": dt.date(2026, 3, 1), "valid_until": dt.date(2026, 5, 31)}
    summer = {"valid_from": dt.date(2026, 6, 1)}
    assert not compared([message("a", cheap, **spring), message("b", dear, **summer)]).contradictions
    assert not compared([message("a", cheap), message("b", dear, offer="Hats")]).contradictions
    (found,) = compared([message("a", cheap, **spring), message("b", dear)]).contradictions
    assert (found.valid_from, found.valid_until) == (dt.date(2026, 3, 1), dt.date(2026, 5, 31))
    assert [(side.touchpoint, side.said[0].quote) for side in found.sides] == [("a", "€49"), ("b", "€59")]


def test_missing_promises_tone_and_names() -> None:
    found = compared(
        [
            message("mail", "Szanowni Państwo, 14 dni na zwrot. DESIRELINE", "pl"),
            message("page", "Masz 14 dni na zwrot. Desireline", "pl"),
            message("leaflet", "Kup teraz. Ostatnie sztuki!", "pl"),
        ]
    )
    assert [(m.name, m.kind, [side.name for side in m.said_by]) for m in found.missing] == [
        ("leaflet", "return_period", ["mail", "page"])]  # fmt: skip
    assert [(t.of, t.values) for t in found.tone if {s.name for s in t.sides} == {"mail", "page"}] == [
        ("address", ["formal", "informal"])]  # fmt: skip
    assert {tuple(t.values) for t in found.tone if t.of == "urgency"} == {("0.0", "25.0")}
    assert [(m.term, m.side.name) for m in found.brand] == [("Desireline", "mail")]
