"""What people answer on a scale: NPS, satisfaction and effort. Scores are kept so that greater is better."""

from collections.abc import Callable

from desireline.act.kpis.kind import Counts, Figure, Kind, nothing
from desireline.model.intervals import Interval, adjusted_wald, mean_of, wilson

SATISFACTION = ("very_unsatisfied", "unsatisfied", "neutral", "satisfied", "very_satisfied")
"""Answers 1 to 5."""

NPS = ("promoters", "passives", "detractors")
"""Answers 9 to 10, 7 to 8, 0 to 6."""

AGREEMENT = tuple(f"score_{k}" for k in range(1, 8))
"""Answers 1 to 7 to "the company made it easy for me"."""

EFFORT = tuple(f"score_{k}" for k in range(1, 6))
"""Answers 1 to 5 about effort, 5 the least, however the survey asked."""

EASY = ("easy", "answers")
TOP_TWO = ("top_two", "answers")
MOMENTS = ("answers", "sum", "sum_of_squares")

HUNDREDTHS = 2


def _nps(counts: Counts) -> Figure:
    """100 (promoters - detractors) / n in points, as is usual to two decimals."""
    promoters, passives, detractors = (counts[name] for name in NPS)
    n = int(promoters + passives + detractors)
    if not n:
        return nothing()
    low, high = adjusted_wald(promoters, passives, detractors)
    value, low, high = (round(100 * x, HUNDREDTHS) + 0.0 for x in ((promoters - detractors) / n, low, high))
    return Figure(value, Interval(low, high), n)


def top_share(names: tuple[str, ...], top: int) -> Callable[[Counts], Figure]:
    """The share of the `top` best answers, with Wilson's interval."""

    def figure(counts: Counts) -> Figure:
        answers = [int(counts[name]) for name in names]
        n, best = sum(answers), sum(answers[-top:])
        return Figure(best / n, wilson(best, n), n) if n else nothing()

    return figure


def mean_score(names: tuple[str, ...]) -> Callable[[Counts], Figure]:
    """The mean answer, the k-th name standing for k, with Student's interval cut at the ends of the scale."""

    def figure(counts: Counts) -> Figure:
        pairs = [(k, counts[name]) for k, name in enumerate(names, 1)]
        n = int(sum(count for _, count in pairs))
        total, squares = sum(k * count for k, count in pairs), sum(k * k * count for k, count in pairs)
        if not n:
            return nothing()
        around = mean_of(n, total, squares)
        return Figure(total / n, around and Interval(max(1.0, around.low), min(float(len(names)), around.high)), n)

    return figure


def _easy(counts: Counts) -> Figure:
    easy, n = int(counts["easy"]), int(counts["answers"])
    return Figure(easy / n, wilson(easy, n), n) if n else nothing()


def _top_two_box(counts: Counts) -> Figure:
    top, n = int(counts["top_two"]), int(counts["answers"])
    return Figure(top / n, wilson(top, n), n) if n else nothing()


def _moments(counts: Counts) -> Figure:
    n = int(counts["answers"])
    if not n:
        return nothing()
    return Figure(counts["sum"] / n, mean_of(n, counts["sum"], counts["sum_of_squares"]), n)


def _score(name: str, counts: tuple[str, ...], figure: Callable[[Counts], Figure]) -> Kind:
    return Kind(name, "scores", counts, "score", "up", figure)


def _share(name: str, counts: tuple[str, ...], top: int) -> Kind:
    return Kind(name, "scores", counts, "share", "up", top_share(counts, top))


KINDS = (
    _score("nps", NPS, _nps),
    _share("csat", SATISFACTION, 2),
    _score("csat_mean", SATISFACTION, mean_score(SATISFACTION)),
    _score("ces2", AGREEMENT, mean_score(AGREEMENT)),
    _share("ces2_easy", AGREEMENT, 3),
    Kind("ces_share", "scores", EASY, "share", "up", _easy, within=(EASY,)),
    _score("ces1", EFFORT, mean_score(EFFORT)),
    _share("agent_satisfaction", SATISFACTION, 2),
    Kind("top_two_box", "scores", TOP_TWO, "share", "up", _top_two_box, within=(TOP_TWO,)),
    Kind("mean_score", "scores", MOMENTS, "score", "up", _moments, amounts=frozenset(MOMENTS[1:]),
         optional=frozenset(MOMENTS[2:]), signed=frozenset(MOMENTS[1:2]), squares=((MOMENTS[:1], *MOMENTS[1:]),)),
)  # fmt: skip
