"""A portfolio as a table."""

from desireline.collect.exporting import csv_text
from desireline.model.opportunity import Figure, Portfolio, Ranked

FIGURES = ("people_per_month", "money_per_year", "satisfaction")

COLUMNS = (
    "id", "title", "kind", "status", "owner", "touchpoint", "stage", "channel", "grade", "confidence", "effort",
    "customer_value", "business_value", "value", "value_low", "value_high", "rank_low", "rank_high",
    *(f"{name}{part}" for name in FIGURES for part in ("", "_low", "_high", "_origin")), "tags", "description",
)  # fmt: skip


def as_csv(portfolio: Portfolio) -> str:
    """One row for each opportunity, in the portfolio's order."""
    return csv_text(COLUMNS, (_row(one) for one in portfolio.opportunities))


def _row(ranked: Ranked) -> list[object]:
    one = ranked.opportunity
    figures: list[Figure | None] = [getattr(one, name) for name in FIGURES]
    return [
        one.id, one.title, one.kind, one.status, one.owner, one.place.touchpoint, one.place.stage, one.place.channel,
        one.grade, ranked.confidence, one.effort, one.customer_value, one.business_value, ranked.value,
        ranked.value_low, ranked.value_high, ranked.rank_low, ranked.rank_high,
        *(cell for figure in figures for cell in _cells(figure)), ", ".join(one.tags), one.description,
    ]  # fmt: skip


def _cells(figure: Figure | None) -> list[object]:
    return [None] * 4 if figure is None else [figure.value, figure.low, figure.high, figure.origin]
