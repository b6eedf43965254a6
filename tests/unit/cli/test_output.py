"""How figures are written for people."""

from pathlib import Path

import pytest

from desireline.cli.output import share, span, whole
from desireline.cli.session import Session

EN, PL, HR = (Session(Path(), language) for language in ("en", "pl", "hr"))


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(None, None), (0, "0 s"), (0.25, "0.2 s"), (44, "44 s"), (89.6, "90 s"), (90, "1.5 min"), (1800, "30 min"),
     (5400, "1.5 h"), (43_500, "12.1 h"), (172_800, "2 d"), (850_186, "9.8 d"), (1e9, "11,574.1 d")],
)  # fmt: skip
def test_spans_take_the_unit_that_suits_them(seconds: float | None, shown: str | None) -> None:
    assert span(EN, seconds) == shown


def test_numbers_as_the_language_writes_them() -> None:
    assert [whole(s, 1_234_567) for s in (EN, PL, HR)] == ["1,234,567", "1\xa0234\xa0567", "1.234.567"]
    assert [share(s, 0.1234) for s in (EN, PL, HR)] == ["12.3%", "12,3%", "12,3\xa0%"]
    assert span(PL, 5400) == "1,5 godz."
    assert share(EN, None) is None


@pytest.mark.parametrize(
    ("n", "polish", "croatian"),
    [(1, "1 osoba", "1 osoba"), (2, "2 osoby", "2 osobe"), (5, "5 osób", "5 osoba"), (22, "22 osoby", "22 osobe")],
)
def test_plural_forms(n: int, polish: str, croatian: str) -> None:
    assert (PL.text("scope.person", n=n), HR.text("scope.person", n=n)) == (polish, croatian)
