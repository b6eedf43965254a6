"""Laws of reading promises: quotes are where they say, values survive being written in every language."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desireline.model.promise import MessageLanguage
from desireline.voice.promises.extract import extracted
from desireline.voice.promises.numbers import value_of

LANGUAGES: list[MessageLanguage] = ["en", "pl", "hr"]
WRITTEN = {"en": ",.", "pl": "\u00a0,", "hr": ".,"}
PIECES = st.sampled_from(
    ["9,99", "1 299", "€", " zł", "%", "-", " 2-3 ", "days", "dni", "dana", "za", " 3 za 2 ", "24/7", "pon-pt 8-16",
     "do", "from ", "od ", "31.12.2026", " 5 May", "\n", ". ", "\u00a0", "delivery ", "zwrot ", "+48 22 123 45 67",
     "🙂", "{", "\\"]
)  # fmt: skip


def money(value: int, cents: int, language: MessageLanguage) -> str:
    thousands, decimals = WRITTEN[language]
    return f"{value:,}".replace(",", thousands) + decimals + f"{cents:02d}"


@given(st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join), st.sampled_from(LANGUAGES))
def test_every_quote_stands_where_it_says_and_figures_do_not_overlap(text: str, language: MessageLanguage) -> None:
    found = extracted(text, language)
    for one in found:
        assert text[one.start : one.end] == one.quote != ""
        assert one.low is None or one.high is None or one.low <= one.high
    figures = sorted({(one.start, one.end) for one in found if one.unit != "word"})
    assert all(a[1] <= b[0] for a, b in pairwise(figures))


@given(st.integers(0, 9_999_999), st.integers(0, 99), st.sampled_from(LANGUAGES))
def test_an_amount_is_read_back_as_it_was_written(value: int, cents: int, language: MessageLanguage) -> None:
    written = money(value, cents, language)
    assert value_of(written, language) == value + cents / 100
    (found,) = extracted(f"X {written} € x", language)
    assert (found.kind, found.unit, found.low) == ("price", "EUR", value + cents / 100)


@given(st.integers(1, 60), st.integers(0, 30), st.sampled_from(LANGUAGES))
def test_the_same_period_has_the_same_value_in_every_language(low: int, more: int, language: MessageLanguage) -> None:
    unit = {"en": "days", "pl": "dni", "hr": "dana"}[language]
    (found,) = extracted(f"X {low}–{low + more} {unit} x", language)
    assert (found.unit, found.low, found.high) == ("day", low, low + more)


@given(st.integers(0, 40), st.sampled_from(["\n", ". ", " "]))
def test_a_long_text_says_what_its_parts_say(words: int, gap: str) -> None:
    part = "Word " * words + "costs €49" + gap
    text = part * (4_000 // len(part) + 1)
    found = [one for one in extracted(text, "en") if one.unit == "EUR"]
    assert [text[one.start : one.end] for one in found] == ["€49"] * text.count("€49")
    assert len({one.start for one in found}) == text.count("€49")
