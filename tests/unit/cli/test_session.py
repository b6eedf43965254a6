"""What a run knows before its command line is parsed."""

from pathlib import Path

import pytest

from desireline.cli.session import Session, hoisted


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "hr_HR.UTF-8"}, "hr"),
        ([], {"LANG": "hr_HR", "LC_ALL": "pl_PL"}, "pl"),
        ([], {"LANG": "hr_HR", "DESIRELINE_LANGUAGE": "en"}, "en"),
        (["--language", "pl", "status"], {"LANG": "hr"}, "pl"),
        (["status", "--language=pl"], {}, "pl"),
        ([], {"LANG": "C"}, "en"),
    ],
)
def test_language(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert Session.of(arguments, environment).language == language


def test_folder_and_json() -> None:
    assert Session.of(["status", "--json"], {"DESIRELINE_WORKSPACE": "x"}) == Session(Path("x"), "en", True)
    assert Session.of([], {"DESIRELINE_WORKSPACE": ""}).folder == Path("desireline-data")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["status"], ["status"]),
        (["status", "--workspace"], ["--workspace", "status"]),
        (["find", "--", "--workspace", "w"], ["find", "--", "--workspace", "w"]),
        (["a", "--workspace=w", "b", "--language", "pl"], ["--workspace=w", "--language", "pl", "a", "b"]),
    ],
)
def test_hoisted(given: list[str], expected: list[str]) -> None:
    assert hoisted(given) == expected
