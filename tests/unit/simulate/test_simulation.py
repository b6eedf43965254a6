"""A simulation against what it says of itself: bytes, shares, counterfactuals, voices, identifiers, dirt."""

import json
from collections import Counter
from math import sqrt
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import yaml

from desireline.model.definition import Definition
from desireline.simulate import Simulation, simulate, world
from desireline.simulate.texts import WORDINGS, all_texts
from desireline.simulate.voices import RANGE, SCALES

SURE = 4.5
"""Standard errors; a fixed seed makes it a regression test, this makes it fair."""


@pytest.fixture(scope="module")
def made() -> Simulation:
    return simulate(8000, seed=11)


@pytest.fixture(scope="module")
def blind() -> Simulation:
    return simulate(1500, seed=11, effects="none")


@pytest.fixture(scope="module")
def clean(made: Simulation) -> pa.Table:
    """Events as they happened to people, by person and true time."""
    both = made.events.append_column("true_time", made.events_truth["true_time"])
    truth = made.events_truth
    kept = pc.and_not(pc.and_not(pc.is_null(truth["duplicate_of"]), truth["dirty"]), truth["bot"])
    return both.filter(kept).sort_by([("person_id", "ascending"), ("true_time", "ascending")])


def near(hits: int, n: int, share: float) -> bool:
    return abs(hits / n - share) <= SURE * sqrt(share * (1 - share) / n)


def written(folder: Path, seed: int) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in simulate(300, seed).write(folder)}


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not(tmp_path: Path) -> None:
    first, again, other = (written(tmp_path / name, seed) for name, seed in (("a", 5), ("b", 5), ("c", 6)))
    assert first == again
    assert {name for name in first if first[name] == other[name]} == {"definition.yaml"}


def test_what_is_written_can_be_read_again(tmp_path: Path, blind: Simulation) -> None:
    blind.write(tmp_path)
    assert pq.read_table(tmp_path / "events.parquet").equals(blind.events)
    assert json.loads((tmp_path / "truth.json").read_text("utf-8")) == blind.truth
    document = yaml.safe_load((tmp_path / "definition.yaml").read_text("utf-8"))
    assert Definition.model_validate(document) == blind.definition
    assert {t.name: t.stage for t in blind.definition.touchpoints} == blind.truth["stages"]


def test_without_effects_nothing_would_have_been_different(blind: Simulation) -> None:
    people, truth = blind.people, blind.truth
    assert people["converted"].equals(people["converted_without"])
    assert people["value"].equals(people["value_without"])
    assert truth["frictions"] == truth["troubles"] == truth["drift"] == []
    assert truth["micro"]["causal"] is None
    assert [one["effect"] for one in truth["interventions"] if "effect" in one] == [0.0, 0.0]
    assert truth["decoys"]


def test_losses_reconcile_with_people(made: Simulation) -> None:
    people, jointly = made.people, made.truth["friction_jointly"]
    gained = pc.sum(people["converted_without"]).as_py() - pc.sum(people["converted"]).as_py()
    assert jointly["lost_conversions"] == gained > 0
    assert jointly["lost_value"] == pytest.approx(
        pc.sum(people["value_without"]).as_py() - pc.sum(people["value"]).as_py(), abs=0.01
    )
    assert {f["touchpoint"] for f in made.truth["frictions"]} == set(world.FRICTIONS)
    assert all(f["lost_conversions"] > 0 for f in made.truth["frictions"])


def test_orders_are_what_people_are_said_to_have_done(made: Simulation, clean: pa.Table) -> None:
    orders = clean.filter(pc.equal(clean["event"], made.truth["goal"]))
    people = made.people.filter(made.people["converted"])
    assert sorted(orders["person_id"].to_pylist()) == sorted(people["person_id"].to_pylist())
    assert pc.sum(clean["value"]).as_py() == pytest.approx(pc.sum(made.people["value"]).as_py())
    bots = made.people.filter(made.people["bot"])
    assert bots.num_rows == made.truth["counts"]["bots"] > 0
    assert not pc.any(bots["converted"]).as_py()


def test_shares_of_personas_types_and_arms_are_the_planted_ones(made: Simulation) -> None:
    humans = made.people.filter(pc.invert(made.people["bot"]))
    personas = Counter(humans["persona"].to_pylist())
    for name, share in zip(world.PERSONAS, world.PERSONA_SHARES, strict=True):
        assert near(personas[name], humans.num_rows, float(share)), name
    pairs = Counter(zip(humans["persona"].to_pylist(), humans["type"].to_pylist(), strict=True))
    for z, persona in enumerate(world.PERSONAS):
        for y, kind in enumerate(world.TYPES):
            assert near(pairs[persona, kind], personas[persona], float(world.TYPE_SHARES[z, y])), (persona, kind)
    arms = Counter(zip(made.assignments["experiment"].to_pylist(), made.assignments["arm"].to_pylist(), strict=True))
    form = arms["short form", "treatment"], arms["short form", "control"]
    assert near(form[0], sum(form), 0.5)
    assert made.truth["interventions"][0]["arms"] == {"control": form[1], "treatment": form[0]}


def followers(clean: pa.Table, here: str) -> list[tuple[str | None, int]]:
    """What follows each meeting, and when that was."""
    person, name = clean["person_id"].to_pylist(), clean["event"].to_pylist()
    time = clean["true_time"].cast("int64").to_pylist()
    return [
        (name[k + 1] if k + 1 < len(name) and person[k + 1] == person[k] else None, time[k])
        for k in range(len(name))
        if name[k] == here
    ]


def test_the_drift_begins_on_its_day(made: Simulation, clean: pa.Table) -> None:
    (drift,) = made.truth["drift"]
    at = pa.scalar(drift["at"]).cast(pa.timestamp("us", tz="UTC")).value
    on = [(name, time) for name, time in followers(clean, drift["from"]) if name not in (None, "Order")]
    for part, planted in (([n for n, t in on if t < at], "before"), ([n for n, t in on if t >= at], "after")):
        assert near(part.count(drift["to"]), len(part), drift["planted"][planted]), planted


def test_friction_multiplies_the_hazards_by_what_is_said(clean: pa.Table, made: Simulation) -> None:
    """Among steps of the plateau, from the sixth on; others are touchpoints without any effect of their own."""
    person, names = clean["person_id"].to_pylist(), np.array(clean["event"].to_pylist())
    begins = np.r_[True, np.array(person[1:]) != np.array(person[:-1])]
    step = np.arange(len(names)) - np.maximum.accumulate(np.where(begins, np.arange(len(names)), 0))
    plain = ["Basket", "Checkout", "Payment", "App basket", "App checkout", "Voucher entry", "Marketplace basket"]
    following = np.append(np.where(begins[1:], "", names[1:]), "")
    for friction in made.truth["frictions"]:
        here, there = (np.isin(names, which) & (step >= 5) for which in ([friction["touchpoint"]], plain))
        for outcome, sign in (("convert", "Order"), ("drop", "")):
            hits, n = int((following[here] == sign).sum()), int(here.sum())
            base = float((following[there] == sign).mean())
            factor = hits / n / base
            error = sqrt(1 / hits + 1 / int((following[there] == sign).sum()))
            assert abs(np.log(factor / friction["outcome_factor"][outcome])) <= SURE * error


def test_troubles_begin_and_end(clean: pa.Table, made: Simulation) -> None:
    loop = next(t for t in made.truth["troubles"] if t["kind"] == "loop")
    first, last = (pa.scalar(loop[k]).cast(pa.timestamp("us", tz="UTC")).value for k in ("from", "to"))
    android = clean.filter(pc.equal(clean["platform"], "android"))
    again = [first <= t < last for name, t in followers(clean, loop["touchpoint"]) if name == loop["touchpoint"]]
    assert again
    assert all(again)
    assert loop["people"] <= pc.count_distinct(android["person_id"]).as_py()


def test_the_displeased_answer_more_often(made: Simulation) -> None:
    surveys = [s for s in made.truth["surveys"] if s["scale"] == "csat" and s["answered"] >= 200]
    assert len(surveys) >= 5
    assert all(s["mean_answered"] < s["mean_if_all_answered"] for s in surveys)


def test_scores_lie_on_their_scales_and_texts_in_their_language(made: Simulation) -> None:
    for scale, (low, high) in zip(SCALES, RANGE, strict=True):
        scores = made.events.filter(pc.equal(made.events["survey"], scale))["score"]
        assert low <= pc.min(scores).as_py() < pc.max(scores).as_py() == high, scale
    listed = all_texts()
    part = len(listed) // len(world.LANGUAGES)
    of = {text: world.LANGUAGES[k // part] for k, text in enumerate(listed)}
    assert len(of) == len(listed) == 3 * 6 * 4 * WORDINGS
    said = made.events.filter(made.events["text"].is_valid())
    pairs = zip(said["text"].to_pylist(), said["language"].to_pylist(), strict=True)
    assert all(of[text] == language for text, language in pairs)


def test_identifiers_are_shared_in_households_only(made: Simulation) -> None:
    found = made.identities
    cookies = (
        found.filter(pc.equal(found["type"], "cookie")).group_by("value").aggregate([("person_id", "count_distinct")])
    )
    assert Counter(cookies["person_id_count_distinct"].to_pylist()).keys() == {1, 2}
    mails = found.filter(pc.equal(found["type"], "email"))["value"].to_pylist()
    wrong = sum(not (mail.startswith("mail") and mail.endswith("@example.org")) for mail in mails)
    assert near(wrong, len(mails), 0.02)
    rows = made.events_truth.filter(
        pc.and_not(pc.is_null(made.events_truth["duplicate_of"]), made.events_truth["dirty"])
    )
    assert set(rows["event_id"].to_pylist()) == set(found["event_id"].to_pylist())


def test_duplicates_are_copies_and_late_ones_stand_behind(made: Simulation) -> None:
    copies = made.events.filter(made.events_truth["duplicate_of"].is_valid())
    first = made.events.filter(pc.and_not(pc.is_null(made.events_truth["duplicate_of"]), made.events_truth["dirty"]))
    known = {row["event_id"]: row for row in first.to_pylist()}
    assert copies.num_rows == made.truth["counts"]["duplicates"] > 0
    assert all(known[row["event_id"]] == row for row in copies.to_pylist())
    time = made.events_truth["true_time"].cast("int64").to_numpy()
    behind = time < np.maximum.accumulate(time) - 3600 * 10**6
    assert (made.events_truth["late"].to_numpy() & behind).sum() >= 0.9 * made.truth["counts"]["late"]
    assert not (behind & ~made.events_truth["late"].to_numpy()).any()


def test_difficulty_means_smaller_effects_and_more_noise() -> None:
    easy, hard = (simulate(400, seed=2, difficulty=d).truth for d in ("easy", "hard"))  # type: ignore[arg-type]
    factor = [t["frictions"][0]["outcome_factor"]["convert"] for t in (easy, hard)]
    assert factor[0] < factor[1] < 1
    assert easy["counts"]["duplicates"] < hard["counts"]["duplicates"]
    assert easy["counts"]["dirty"] == easy["counts"]["bots"] == 0 < hard["counts"]["bots"]
