"""Obstacles, opportunities and verdicts of a report, as finished lists."""

import re
from typing import TYPE_CHECKING

from desireline.errors import DesirelineError
from desireline.i18n import catalogue, date, number, percent, translate
from desireline.maps.report.content import Bar, Entry, Section, Tone
from desireline.model.opportunity import Figure, Measured, Ranked
from desireline.model.report import ObstaclesPart, OpportunitiesPart, VerdictsPart
from desireline.service.kpis.telling import EXPORT_THRESHOLD

if TYPE_CHECKING:
    from desireline.analyze.detectors.model import Obstacle
    from desireline.model.verdict import Verdict
    from desireline.service.workspace import Workspace


def obstacles(workspace: "Workspace", part: ObstaclesPart, language: str) -> Section:
    """What was found in the way; what befell too few people stays inside."""
    found = workspace.obstacles(language=language)
    large = [one for one in found.obstacles if one.people >= EXPORT_THRESHOLD and not _few_left(one)]
    few = len(found.obstacles) - len(large)
    first, last = found.first, found.last
    notes = [translate(language, "report.obstacles.note")]
    if first is not None and last is not None:
        notes.append(f"{date(language, first)} – {date(language, last)}")
    notes += [translate(language, "report.few_left_out", n=few, least=EXPORT_THRESHOLD)] if few else []
    entries = tuple(_obstacle(language, one) for one in large[: part.most])
    empty = "" if entries else translate(language, "report.empty.obstacles")
    return Section(translate(language, "report.part.obstacles"), " · ".join(notes), entries=entries, empty=empty)


def _few_left(one: "Obstacle") -> bool:
    return 0 < one.of - one.people < EXPORT_THRESHOLD


def _obstacle(language: str, one: "Obstacle") -> Entry:
    ends = f"{percent(language, one.low, 1)} – {percent(language, one.high, 1)}"
    facts = (
        (translate(language, "report.fact.people"),
         translate(language, "report.n_of", n=number(language, one.people), of=number(language, one.of))),
        (translate(language, "report.fact.share"), f"{percent(language, one.share, 1)} ({ends})"),
        (translate(language, "report.fact.per_month"), number(language, one.people_per_month)),
        (translate(language, "report.fact.places"), _places(one.rank_low, one.rank_high)),
    )  # fmt: skip
    where = one.touchpoint + (f" · {one.channel}" if one.channel else "")
    return Entry(where, (one.sentence,), facts, bar=Bar(one.low, one.share, one.high, 0.0, "bad"))


def opportunities(workspace: "Workspace", part: OpportunitiesPart, language: str) -> Section:
    """The portfolio in its order."""
    portfolio = workspace.opportunities.portfolio()
    entries = tuple(_opportunity(language, one) for one in portfolio.opportunities[: part.most])
    empty = "" if entries else translate(language, "report.empty.opportunities")
    note = translate(language, "report.opportunities.note", formula=_formula(language, portfolio.expression))
    return Section(translate(language, "report.part.opportunities"), note, entries=entries, empty=empty)


def _formula(language: str, expression: str) -> str:
    """The formula with its inputs as the language calls them."""
    known = catalogue(language)
    named = re.sub(r"[a-z_]+", lambda one: str(known.get(f"report.input.{one[0]}", one[0])), expression)
    return named.replace("*", "×").replace("/", "÷").replace("-", "−")


def _opportunity(language: str, ranked: Ranked) -> Entry:
    one = ranked.opportunity
    lines = tuple(filter(None, (one.description, *one.evidence.get(language, ()))))
    facts = [
        (translate(language, f"report.fact.{name}"), _typed_or_measured(language, figure))
        for name in ("people_per_month", "money_per_year", "satisfaction") if (figure := getattr(one, name)) is not None
    ]  # fmt: skip
    if ranked.rank_low is not None and ranked.rank_high is not None:
        facts.append((translate(language, "report.fact.places"), _places(ranked.rank_low, ranked.rank_high)))
    if one.owner:
        facts.append((translate(language, "report.fact.owner"), one.owner))
    mark = translate(language, "report.grade", grade=one.grade)
    return Entry(one.title, lines[:3], tuple(facts), mark)


def _typed_or_measured(language: str, figure: Figure) -> str:
    """Typed figures say so; measured ones have their interval and n, unless too few stand behind them."""
    if isinstance(figure, Measured) and 0 < figure.n < EXPORT_THRESHOLD:
        return translate(language, "kpi.small", n=EXPORT_THRESHOLD)
    ends = "" if figure.low is None or figure.high is None else (
        f" ({_plain(language, figure.low)} – {_plain(language, figure.high)})"
    )  # fmt: skip
    ground = f", n = {number(language, figure.n)}" if isinstance(figure, Measured) else (
        f", {translate(language, 'report.typed')}"
    )  # fmt: skip
    return _plain(language, figure.value) + ends + ground


def _plain(language: str, value: float) -> str:
    return number(language, value, 0 if abs(value) >= 100 or value == round(value) else 1)


def _places(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def verdicts(workspace: "Workspace", part: VerdictsPart, language: str) -> Section:
    """What came of experiments and of before/after."""
    entries = [*_experiments(workspace, part, language), *_before_after(workspace, part, language)]
    empty = "" if entries else translate(language, "report.empty.verdicts")
    note = translate(language, "report.verdicts.note") if entries else ""
    return Section(translate(language, "report.part.verdicts"), note, entries=tuple(entries), empty=empty)


def _experiments(workspace: "Workspace", part: VerdictsPart, language: str) -> list[Entry]:
    listed = [one for one in workspace.experiments.all() if one.status != "draft"]
    if part.experiments is not None:
        listed = [one for one in listed if one.id in part.experiments or one.name in part.experiments]
    entries = []
    for one in listed:
        try:
            told = workspace.experiments.result(one.id, language).verdict
        except DesirelineError as error:
            entries.append(Entry(one.name, (error.sentence(language),)))
            continue
        entries.append(_verdict(language, one.name, told))
    return entries


def _before_after(workspace: "Workspace", part: VerdictsPart, language: str) -> list[Entry]:
    listed = workspace.before_after.all()
    if part.before_after is not None:
        listed = [one for one in listed if one.id in part.before_after or one.name in part.before_after]
    unjudged = translate(language, "report.not_judged")
    return [
        _verdict(language, one.name, one.verdict) if one.verdict else Entry(one.name, (unjudged,)) for one in listed
    ]


def _verdict(language: str, name: str, found: "Verdict") -> Entry:
    from desireline.act.verdicts import sentence
    from desireline.act.verdicts.making import JUDGED
    from desireline.act.verdicts.telling import not_checked

    tones: dict[str, Tone] = {"worked": "good", "harmed": "bad", "blocked": "bad"}
    tone = tones.get(found.verdict, "even")
    if found.source == "experiment" and 0 < found.n < EXPORT_THRESHOLD:
        return Entry(name, (translate(language, "kpi.small", n=EXPORT_THRESHOLD),))
    facts = [(translate(language, "report.fact.n"), number(language, found.n))] if found.n else []
    unchecked = not_checked(found, language)
    lines = [sentence(found, language)]
    if unchecked:
        lines.append(translate(language, "report.not_checked", what="; ".join(unchecked)))
    mark = translate(language, f"report.verdict.{found.word}")
    if found.grade is not None and found.verdict in JUDGED:
        mark += " · " + translate(language, "report.grade", grade=found.grade)
    return Entry(name, tuple(lines), tuple(facts), mark, tone, _bar(found, tone))


def _bar(found: "Verdict", tone: Tone) -> Bar | None:
    """The interval with its zero in the picture, a tenth of the line free on both sides."""
    if found.effect is None or found.low is None or found.high is None:
        return None
    least, most = min(found.low, 0.0), max(found.high, 0.0)
    span = (most - least) * 1.25 or 1.0
    start = least - span * 0.1
    low, value, high, zero = ((x - start) / span for x in (found.low, found.effect, found.high, 0.0))
    return Bar(low, value, high, zero, tone)
