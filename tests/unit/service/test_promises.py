"""Messages kept, imported with their markup taken out, and held against each other through the workspace's door."""

import json

import pytest

from desireline.errors import BadQuestion, MissingColumn, NameTaken, StaleDocument
from desireline.service.workspace import Workspace

LEAFLET = {"touchpoint": "Leaflet", "channel": "print", "offer": "Boots", "text": "Boots €49, delivery in 2 days."}


def test_a_message_is_kept_with_its_language(tmp_path):
    ws = Workspace(tmp_path)
    made = ws.promises.create(LEAFLET)
    assert (made.name, made.language, made.language_detected, made.source) == (
        "Boots · Leaflet · print", "en", True, "typed")  # fmt: skip
    assert ws.promises.create(LEAFLET).name == "Boots · Leaflet · print 2"
    with pytest.raises(NameTaken):
        ws.promises.create({**LEAFLET, "name": made.name})
    changed = ws.promises.change(made.id, 1, {"text": "Kozaki 49 euro, dostawa w 2 dni, do wyboru trzy kolory."})
    assert (changed.language, changed.name, changed.offer) == ("pl", made.name, "Boots")
    assert [e.value for e in ws.promises.read(made.name).found] == ["49 EUR", "2 day"]
    with pytest.raises(StaleDocument):
        ws.promises.change(made.id, 1, {"offer": "Shoes"})
    ws.promises.remove(made.name)
    assert len(ws.promises.all("BOOTS")) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"language": "de"}, {"valid_from": "2026-05-02", "valid_until": "2026-05-01"}, {"page": "x"}],
)
def test_what_makes_no_sense_is_refused(tmp_path, wrong):
    with pytest.raises(BadQuestion):
        Workspace(tmp_path).promises.create({**LEAFLET, **wrong})


def test_files_of_messages_are_taken_in_once(tmp_path):
    ws = Workspace(tmp_path / "ws")
    page = '<p>Boots €59.</p><script>"€1"</script><img alt="Desire line logo" src=x>'
    rows = [
        {"touchpoint": "Page", "channel": "web", "offer": "boots", "text": page},
        {**LEAFLET, "language": "en"}, {**LEAFLET, "channel": ""}, {**LEAFLET, "valid_from": "soon"},
    ]  # fmt: skip
    file = tmp_path / "messages.json"
    file.write_text(json.dumps(rows))
    done = ws.promises.import_file(file)
    assert (done.added, [(row.row, row.field) for row in done.refused]) == (2, [(3, "channel"), (4, "valid_from")])
    assert ws.promises.all()[0].text == "Boots €59. Desire line logo"
    rows[0]["text"] = page.replace("59", "69")
    file.write_text(json.dumps(rows[:2]))
    again = ws.promises.import_file(file)
    assert (again.added, again.changed, again.unchanged) == (0, 1, 1)
    ws.promises.add_brand({"name": "Desireline"})
    told = ws.promises.contradictions()
    (found,) = told.contradictions
    assert [(side.channel, [e.quote for e in side.said]) for side in found.sides] == [
        ("web", ["€69"]), ("print", ["€49"])]  # fmt: skip
    assert [(one.term, one.side.said[0].quote) for one in told.brand] == [("Desireline", "Desire line")]
    assert ws.promises.contradictions("Hats").messages == 0
    file.write_text(json.dumps([{"text": "x"}]))
    with pytest.raises(MissingColumn):
        ws.promises.import_file(file)


def test_a_text_in_another_language_is_said_to_be_unread(tmp_path):
    ws = Workspace(tmp_path)
    ws.promises.create(
        {**LEAFLET, "text": "Die Stiefel kosten 49 €, die Lieferung dauert zwei Tage und ist kostenlos."}
    )
    assert ws.promises.contradictions().unread == ["Boots · Leaflet · print"]
    with pytest.raises(BadQuestion):
        ws.promises.extract("🙂")
