"""Every error has a stable code and a sentence in three languages that uses the facts of the case."""

import dataclasses
import re
import string
from collections.abc import Iterator, Sequence
from typing import get_origin, get_type_hints

import pytest

from desireline import errors
from desireline.errors import DesirelineError
from desireline.i18n import LANGUAGES, catalogue


def tree(root: type[DesirelineError] = DesirelineError) -> Iterator[type[DesirelineError]]:
    yield root
    for child in root.__subclasses__():
        yield from tree(child)


EVERY = sorted(tree(), key=lambda e: e.__name__)


def sample(kind: type[DesirelineError]) -> DesirelineError:
    """An error with a value in each field that can be found again in its sentence."""
    hints = get_type_hints(kind)
    values = {}
    for at, field in enumerate(dataclasses.fields(kind), 1):
        hint = hints[field.name]
        if hint is str:
            values[field.name] = f"given-{field.name}"
        elif hint is int:
            values[field.name] = 100 + at
        elif get_origin(hint) is Sequence:
            values[field.name] = [f"listed-{field.name}", "other"]
        else:
            raise AssertionError(f"{kind.__name__}.{field.name} is a {hint}: teach the test a sample of it")
    return kind(**values)


@pytest.mark.parametrize("kind", EVERY, ids=lambda e: e.__name__)
class TestEachError:
    def test_code_is_a_stable_name(self, kind: type[DesirelineError]) -> None:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", kind.code)
        assert kind is DesirelineError or "code" in vars(kind), "each class states its own code"
        assert 400 <= kind.http_status < 600

    def test_is_documented_and_found_in_the_one_place(self, kind: type[DesirelineError]) -> None:
        assert getattr(errors, kind.__name__) is kind
        assert kind.__doc__
        assert not kind.__doc__.startswith(f"{kind.__name__}("), "a dataclass's generated docstring says nothing"

    def test_sentences_use_every_fact(self, kind: type[DesirelineError]) -> None:
        fields = {f.name for f in dataclasses.fields(kind)}
        for language in LANGUAGES:
            text = catalogue(language)[f"errors.{kind.code}"]
            assert isinstance(text, str)
            used = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            assert used == fields, f"{language}: {kind.code}"

    def test_sentences_are_sentences_in_three_languages(self, kind: type[DesirelineError]) -> None:
        error = sample(kind)
        told = [error.sentence(language) for language in LANGUAGES]
        assert len(set(told)) == 3
        for text in told:
            assert len(text) > 40, "what was wrong, what exists, what to do"
            assert text[0] == text[0].upper()
            assert text.rstrip("`")[-1] in ".!?"
            for field in dataclasses.fields(kind):
                value = error.details[field.name]
                first = value[0] if isinstance(value, list) else value
                assert str(first) in text
        assert str(error) == told[0]

    def test_says_what_to_do(self, kind: type[DesirelineError]) -> None:
        told = sample(kind).sentence("en")
        assert len(re.findall(r"[.;:?!](?:\s|$)", told)) >= 2, "one part says what was wrong, another what to do"


def test_codes_are_unique() -> None:
    codes = [e.code for e in EVERY]
    assert sorted(set(codes)) == sorted(codes)


def test_no_sentence_is_left_over() -> None:
    known = {f"errors.{e.code}" for e in EVERY}
    for language in LANGUAGES:
        assert {k for k in catalogue(language) if k.startswith("errors.")} == known


def test_all_catalogues_hold_the_same_texts() -> None:
    keys = [set(catalogue(language)) for language in LANGUAGES]
    assert keys[0] == keys[1] == keys[2]


def test_plural_forms_are_those_of_the_language() -> None:
    forms = {"en": {"one", "other"}, "pl": {"one", "few", "many", "other"}, "hr": {"one", "few", "other"}}
    for language in LANGUAGES:
        wrong = [k for k, v in catalogue(language).items() if isinstance(v, dict) and set(v) != forms[language]]
        assert not wrong


def test_a_text_has_the_same_parameters_in_every_language() -> None:
    def parameters(text: str | dict[str, str]) -> set[str]:
        texts = text.values() if isinstance(text, dict) else [text]
        return {name for t in texts for _, name, _, _ in string.Formatter().parse(t) if name}

    for key, english in catalogue("en").items():
        for language in ("pl", "hr"):
            assert parameters(catalogue(language)[key]) == parameters(english), f"{language}: {key}"


def test_long_lists_are_cut_and_counted() -> None:
    told = errors.UnknownStep(step="x", available=[f"s{i}" for i in range(40)]).sentence("en")
    assert "'s11'" in told
    assert "'s12'" not in told
    assert "(40)" in told


def test_a_port_is_a_name_not_an_amount() -> None:
    assert "127.0.0.1:8765" in errors.PortTaken(host="127.0.0.1", port=8765).sentence("en")


def test_amounts_are_written_as_the_language_writes_them() -> None:
    error = errors.DiskFull(folder="x", free_mb=1234)
    assert "1,234" in error.sentence("en")
    assert "1.234" in error.sentence("hr")
