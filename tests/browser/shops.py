"""A file of thirty fictitious people as a Polish shop system writes it, and what it says by hand calculation.

Everybody visits on 1 March 2026; the first 22 of them (p1 to p22) get an offer, the first 21 buy, and so on, each step
on a later day. The numbers are those at which Polish and Croatian change the form of a noun: 1, 2, 5, 21, 22.
Two rows cannot be read: one without a person, one with a 31 February.
"""

from pathlib import Path
from typing import Any, Final

from desireline.model.definition import Definition, MatchRule, Stage, Touchpoint
from desireline.model.mapping import Mapping
from desireline.service.workspace import Workspace

ENCODING: Final = "windows-1250"
HEADER: Final = ("Kto", "Kiedy", "Co", "Gdzie", "Ile", "Uwagi", "Miasto")
STEPS: Final = (
    ("Wizyta", "www", 1, 30),
    ("Oferta", "poczta", 3, 22),
    ("Zakup", "sklep", 5, 21),
    ("Serwis", "telefon", 9, 5),
    ("Zwrot", "sklep", 12, 2),
    ("Skarga", "telefon", 20, 1),
)
"""Name, channel, day of March 2026, people."""

PEOPLE: Final = 30
GOOD: Final = 81
"""30 + 22 + 21 + 5 + 2 + 1"""
BROKEN: Final = 2
FIRST_OF_P1: Final = "01.03.2026 08:01"
NOTE: Final = "Żółta łódź, „proszę” – ściśle"
BROKEN_LINES: Final = (24, 83)
SOURCE: Final = "Sklepy"
MAP: Final = "Mapa sklepów"
MAP_ID: Final = "mapa-sklepow"
BUYERS: Final = "Kupujący (fikcyjni)"
WISHED: Final = "Wymarzeni (fikcyjni)"
"""Persona cards: the 21 who buy, and the customers one wishes for, who are all 30."""
TYPED: Final = {
    "summary": "Kupują po ofercie.",
    "goals": ["Szybka dostawa"],
    "personality": [{"pair": "price_quality", "value": -2}],
    "custom": {"Ulubiony sklep": "Ten za rogiem"},
}

IDEAS: Final = (
    {
        "title": "Żółty przycisk płatności", "customer_value": 4, "business_value": 4.5, "effort": 2,
        "place": {"touchpoint": "Zakup"}, "people_per_month": {"value": 12, "low": 9, "high": 15},
    },
    {"title": "Żółta karta klienta", "customer_value": 4, "business_value": 4.5, "effort": 2, "status": "planned"},
    {"title": "Żółte worki na zwroty"},
)  # fmt: skip

KPIS: Final = (
    {
        "name": "Żółty zakup po wizycie", "kind": "conversion", "target": {"value": 0.8, "by": "2099-12-31"},
        "source": {"origin": "events", "start": ["Wizyta"], "goal": ["Zakup"], "within": "7d"},
        "place": {"touchpoint": "Zakup", "stage": "Zakup"}, "dimensions": ["channel"], "owner": "Żółta drużyna",
    },
    {
        "name": "Żółte polecenia", "kind": "nps",
        "source": {"origin": "typed", "readings": [
            {"day": "2026-03-02", "counts": {"promoters": 14, "passives": 9, "detractors": 3}},
        ]},
    },
    {"name": "Żółte odpowiedzi", "kind": "response_rate", "source": {"origin": "imported", "readings": []}},
)  # fmt: skip
"""Counted in events, typed, and without any reading."""

FORM: Final = {
    "name": "Żółty formularz", "hypothesis": "Żółty formularz to więcej zakupów.", "planned": 4000,
    "arms": [{"name": "Żółty"}, {"name": "Żółto-zielony", "weight": 2}],
    "metric": {"event": "Zakup"}, "window_days": 14, "guardrails": [{"event": "Skarga", "direction": "down"}],
}  # fmt: skip
"""An experiment that has not begun."""
HOURS: Final = {
    "name": "Żółte godziny telefonu", "measure": "contacts", "of": "Serwis", "direction": "down",
    "treated": {"where": 'channel = "telefon"'}, "comparison": {"where": 'touchpoint = "Zakup"'}, "start": "2026-03-10",
}  # fmt: skip
"""A before/after of which nothing can be said, so few days there are."""


ACTIONS: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "Żółty formularz", "owner": "Żółta Ana", "start": "2026-03-01", "due": "2026-03-20", "cost": 1200,
        "places": [{"map": MAP_ID}], "checklist": [{"text": "Żółty tekst"}],
        "links": [{"url": "https://example.com/", "title": "Żółta strona"}],
        "bet": {"of": "Zakup", "measure": "conversion", "expected": {"value": 0.02}, "evaluate": "2099-12-31"},
    },
    {"name": "Żółty znak", "status": "planned"},
)  # fmt: skip
"""One that has begun and is overdue, with a bet; one without days."""


def lines() -> list[str]:
    """The rows, header first; the broken ones stand at lines 24 and 83 of the file."""
    good = [
        f"p{i};{day:02}.03.2026 08:{i:02};{name};{channel};{f'1 2{i:02},50' if name == 'Zakup' else ''};"
        f"{NOTE if i == 1 else ''};Łódź"
        for i in range(1, PEOPLE + 1)
        for name, channel, day, people in STEPS
        if i <= people
    ]
    good.insert(BROKEN_LINES[0] - 2, ";02.03.2026 09:00;Wizyta;www;;;Łódź")
    good.insert(BROKEN_LINES[1] - 2, "p7;31.02.2026 09:00;Zakup;sklep;99,00;;Łódź")
    return [";".join(HEADER), *good]


def write(folder: Path) -> Path:
    """The file, in Windows-1250."""
    file = folder / "sklepy_2026-03.csv"
    file.write_bytes("\r\n".join([*lines(), ""]).encode(ENCODING))
    return file


MAPPING: Final = Mapping.model_validate(
    {
        "person": [{"column": "Kto", "type": "customer_id"}],
        "time": {"column": "Kiedy", "format": "%d.%m.%Y %H:%M", "zone": "UTC"},
        "event": {"column": "Co"},
        "channel": {"columns": ["Gdzie"]},
        "value": {"column": "Ile", "decimal": ",", "currency": "PLN"},
        "text": "Uwagi",
    }
)


def workspace(folder: Path, file_folder: Path) -> Path:
    """A workspace with the file imported, a stage for each step, and a map."""
    ws = Workspace(folder)
    ws.import_files([write(file_folder)], SOURCE, mapping=MAPPING)
    ws.save_definition(
        Definition(
            stages=[Stage(name=name) for name, *_ in STEPS],
            touchpoints=[
                Touchpoint(name=name, channel=channel, stage=name, match=[MatchRule(name=name)])
                for name, channel, *_ in STEPS
            ],
        )
    )
    ws.maps.draw(MAP)
    for idea in IDEAS:
        ws.opportunities.create(idea)
    bought = ws.persona_cards.create({"name": BUYERS, "segment": {"of": "people", "where": 'touchpoint = "Zakup"'}})
    ws.persona_cards.change(bought.id, {"revision": bought.revision, "fields": TYPED})
    ws.persona_cards.create(
        {"name": WISHED, "ideal_customer": True, "segment": {"of": "people", "where": 'channel = "www"'}}
    )
    goal = ws.goals.create({"name": "Żółty cel", "by": "2099-12-31"})
    kpis = [ws.kpis.create({**kpi, "serves": goal.id if place == 0 else None}) for place, kpi in enumerate(KPIS)]
    ws.annotations.create({"name": "Żółte święto", "kind": "holiday", "day": "2026-03-04"})
    ws.alerts.create({"name": "Żółty alarm", "kpi": kpis[0].id, "rule": {"on": "target"}, "to": ["ana@example.com"]})
    ws.reports.create({"name": "Żółty raport", "parts": [{"part": "kpis"}, {"part": "obstacles"}]})
    ws.experiments.create(FORM)
    ws.before_after.measure(ws.before_after.create(HOURS).id)
    for action in ACTIONS:
        ws.actions.create(action)
    ws.actions.start(ACTIONS[0]["name"])
    return folder
