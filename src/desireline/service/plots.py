"""Answers as Matplotlib figures, in the manner of the house: ink on paper, green for what people really did."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from desireline.model.shown import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PATH, INK, RULE = "#1f6f4a", "#1d1c19", "#d9d5cb"
ROWS = 25


def figure(result: Shown) -> "Figure":
    """The picture of an answer: a curve for durations, a heat table for retention, bars for the rest."""
    from desireline.service.picture import Picture

    fields = result.model_dump(by_alias=True)
    drawn = Picture(figsize=(9, 4.5), layout="constrained", facecolor="white")
    axes = drawn.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(result.told(), loc="left", fontsize=9, color=INK)
    _DRAWN.get(fields["question"], _bars)(axes, fields, result)
    return drawn


def _bars(axes: "Axes", fields: dict[str, Any], result: Shown) -> None:
    """The first count of each row as a bar, with an interval where the row has one."""
    listed = fields[result.table][:ROWS]
    labels = [_label(row) for row in listed]
    sizes = [_size(row) for row in listed]
    bars = axes.barh(range(len(listed)), sizes, color=PATH, height=0.62)
    axes.set_yticks(range(len(listed)), labels, fontsize=8)
    axes.invert_yaxis()
    axes.bar_label(bars, fmt="{:,.0f}", fontsize=8, padding=3)
    axes.margins(x=0.12)


def _label(row: dict[str, Any]) -> str:
    texts = [_told(value) for name, value in row.items() if name in _NAMES and value is not None]
    return " → ".join(texts)[:70] or "–"


_NAMES = ("from", "to", "name", "path", "start", "channel", "channels", "days", "variants", "period")
_SIZES = ("people", "count", "sessions", "linear", "returned", "new")


def _told(value: Any) -> str:
    return " → ".join(map(str, value)) if isinstance(value, list) else str(value)


def _size(row: dict[str, Any]) -> float:
    return next((float(row[name]) for name in _SIZES if isinstance(row.get(name), int | float)), 0.0)


def _curve(axes: "Axes", fields: dict[str, Any], result: Shown) -> None:  # noqa: ARG001 the form of all drawers
    """Share that has reached the end by time, with its 95 % band; a line for each group."""
    groups = fields["groups"] or [{"name": None, "curve": fields["curve"]}]
    for group in groups[:6]:
        days = [point["seconds"] / 86_400 for point in group["curve"]]
        line = axes.step(days, _of(group, "reached"), where="post", label=group["name"] or "all", linewidth=1.6)
        axes.fill_between(
            days, _of(group, "low"), _of(group, "high"), step="post", alpha=0.15, color=line[0].get_color(), linewidth=0
        )
    axes.set(xlabel="days", ylabel="share that got there", ylim=(0, 1))
    axes.legend(frameon=False, fontsize=8)


def _of(group: dict[str, Any], name: str) -> Sequence[float]:
    return [point[name] for point in group["curve"]]


def _heat(axes: "Axes", fields: dict[str, Any], result: Shown) -> None:  # noqa: ARG001 the form of all drawers
    """Shares that came back: a row for each cohort, a column for each period; blank where it is not over."""
    import numpy as np

    cohorts = fields["cohorts"][:ROWS]
    shares = np.array(
        [[np.nan if n is None else n / max(1, c["people"]) for n in c["returned"]] for c in cohorts], float, ndmin=2
    )
    axes.imshow(shares, cmap="Greens", vmin=0, vmax=1, aspect="auto")
    for (y, x), share in np.ndenumerate(shares):
        if not np.isnan(share):
            axes.text(x, y, f"{share:.0%}", ha="center", va="center", fontsize=7, color=INK if share < 0.6 else "white")
    axes.set_yticks(range(len(cohorts)), [str(c["start"] or c["name"]) for c in cohorts], fontsize=8)
    axes.set_xlabel(fields["period"])


def _credit(axes: "Axes", fields: dict[str, Any], result: Shown) -> None:  # noqa: ARG001 the form of all drawers
    """What each model gives each channel: a row for a channel, a dot for a model."""
    channels = [row["channel"] for row in fields["rows"]][:ROWS]
    for model, credit in fields["models"].items():
        given = [credit.get(channel, 0.0) for channel in channels]
        axes.plot(given, range(len(channels)), "o", markersize=6, alpha=0.8, label=model.replace("_", " "))
    axes.set_yticks(range(len(channels)), channels, fontsize=8)
    axes.invert_yaxis()
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set(xlabel=f"{fields['credit']} credited: credit, not cause", xlim=(0, None))
    axes.legend(frameon=False, fontsize=8, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.14))


_DRAWN: dict[str, Callable[["Axes", dict[str, Any], Shown], None]] = {
    "attribution": _credit, "durations": _curve, "retention": _heat,
}  # fmt: skip
