"""What customers are worth: the average order and the customer lifetime value. Refunds lower the sums."""

from desireline.act.kpis.kind import Counts, Figure, Kind, nothing
from desireline.model.intervals import mean_of, ratio_of

ORDERS = ("orders", "revenue", "revenue_squared", "customers", "orders_squared", "orders_by_revenue")
WORTH = ("customers", "value", "value_squared")


def _average_order(counts: Counts) -> Figure:
    """The revenue / orders. Orders of one customer are alike: where customers are counted, they are the units."""
    n, revenue = int(counts["orders"]), counts["revenue"]
    if not n:
        return nothing()
    if not counts["revenue_squared"]:
        return Figure(revenue / n, None, n)
    if not counts["customers"]:
        return Figure(revenue / n, mean_of(n, revenue, counts["revenue_squared"]), n)
    around = ratio_of(
        int(counts["customers"]), revenue, n,
        counts["revenue_squared"], counts["orders_squared"], counts["orders_by_revenue"],
    )  # fmt: skip
    return Figure(revenue / n, around, n)


def _lifetime_value(counts: Counts) -> Figure:
    """The mean over customers."""
    n = int(counts["customers"])
    return Figure(counts["value"] / n, mean_of(n, counts["value"], counts["value_squared"]), n) if n else nothing()


KINDS = (
    Kind("aov", "money", ORDERS, "money", "up", _average_order, optional=frozenset(ORDERS[2:]),
         amounts=frozenset({"revenue", "revenue_squared", "orders_by_revenue"}),
         signed=frozenset({"revenue", "orders_by_revenue"}), squares=(
             (("customers", "orders"), "revenue", "revenue_squared"), (("customers",), "orders", "orders_squared"),
         )),
    Kind("clv", "money", WORTH, "money", "up", _lifetime_value, optional=frozenset(WORTH[2:]),
         amounts=frozenset(WORTH[1:]), signed=frozenset(WORTH[1:2]), squares=((WORTH[:1], *WORTH[1:]),)),
)  # fmt: skip
