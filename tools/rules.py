"""The house rules that no other tool checks: sizes, unfinished marks, addresses, tests that cannot fail.

Usage: python tools/rules.py [FILE...]. Without files, everything that Git knows or would add is read.
A rule that a file may still break stands in `tools/rules_exceptions.txt`; an exception that is no longer needed is
itself a breach, so that the list can only shrink.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
EXCEPTIONS = Path(__file__).with_name("rules_exceptions.txt")
MAX_LINES = {".py": 400, ".ts": 400, ".js": 400, ".css": 400, ".typ": 400, ".svelte": 200}
MAX_FUNCTION = 40
TEXT = {*MAX_LINES, ".md", ".toml", ".json", ".yaml", ".yml", ".txt", ".cfg", ".sh", ".html", ".svg", ""}

# Written so that the patterns do not find themselves here.
UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|NotImplemente[d]|for no[w]\b|placeholder implementatio[n]")
REGISTRY = re.compile(
    r"pythonhosted[.]org|pypi[.]org/simple|registry[.]npmjs[.]org|registry[.]yarnpkg[.]com|deb[.]debian[.]org"
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|work|opt|tmp)/[\w.-]+/|(?<![\w.])file:///\w")
ASSERTING = re.compile(r"raises|assert|check|expect|approx|verify|warns")


class Breach(NamedTuple):
    """One place that breaks a rule."""

    file: str
    rule: str
    line: int
    detail: str


def size(file: str, text: str) -> Iterator[Breach]:
    """A file holds one idea: 400 lines, a Svelte component 200."""
    limit = MAX_LINES.get(Path(file).suffix)
    lines = text.count("\n")
    if limit and lines > limit:
        yield Breach(file, "long-file", 1, f"{lines} lines, at most {limit}")


def unfinished(file: str, text: str) -> Iterator[Breach]:
    """What is committed is finished; what is not is an issue, not a comment."""
    if Path(file).suffix in MAX_LINES:
        for number, line in enumerate(text.splitlines(), 1):
            if UNFINISHED.search(line):
                yield Breach(file, "unfinished", number, line.strip()[:90])


def addresses(file: str, text: str) -> Iterator[Breach]:
    """No package index and no path of somebody's machine: both differ from place to place."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := REGISTRY.search(line):
            yield Breach(file, "registry-address", number, found.group())
        if (Path(file).suffix != ".py" or file.startswith("src/")) and (found := MACHINE_PATH.search(line)):
            yield Breach(file, "machine-path", number, found.group())


def functions(file: str, text: str) -> Iterator[Breach]:
    """A Python function fits on one screen: 40 lines without its docstring."""
    if Path(file).suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                doc = ast.get_docstring(node, clean=False)
                length = (node.end_lineno or node.lineno) - node.lineno + 1 - (doc.count("\n") + 1 if doc else 0)
                if length > MAX_FUNCTION:
                    yield Breach(file, "long-function", node.lineno, f"{node.name}: {length} lines")


def tests_assert(file: str, text: str) -> Iterator[Breach]:
    """A test that asserts nothing cannot fail."""
    if file.startswith("tests/") and file.endswith(".py"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not _asserts(node):
                yield Breach(file, "test-without-assertion", node.lineno, node.name)


def _asserts(test: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Assert) or (isinstance(node, ast.Call) and ASSERTING.search(ast.dump(node.func)))
        for node in ast.walk(test)
    )


RULES: tuple[Callable[[str, str], Iterator[Breach]], ...] = (size, unfinished, addresses, functions, tests_assert)


def exceptions() -> set[tuple[str, str]]:
    """The (file, rule) pairs that may be broken."""
    lines = (line.split("#")[0].split() for line in EXCEPTIONS.read_text(encoding="utf-8").splitlines())
    return {(words[0], words[1]) for words in lines if words}


def breaches(files: list[str], root: Path = ROOT) -> list[Breach]:
    """Every breach in the files, in their order."""
    found: list[Breach] = []
    for file in files:
        path = root / file
        if path.suffix in TEXT and path.is_file() and path.stat().st_size < 2_000_000:
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:  # a picture or a font without a suffix
                continue
            found += [breach for rule in RULES for breach in rule(file, text)]
    return found


def tracked() -> list[str]:
    """What Git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return sorted(set(listed.stdout.splitlines()))


def main(files: list[str]) -> int:
    """Prints the breaches and returns 1 if there are any."""
    allowed = exceptions()
    found = breaches(files or tracked())
    broken = [breach for breach in found if (breach.file, breach.rule) not in allowed]
    for breach in broken:
        print(f"{breach.file}:{breach.line}: {breach.rule}: {breach.detail}")
    stale = sorted(allowed - {(breach.file, breach.rule) for breach in found}) if not files else []
    for file, rule in stale:
        print(f"{EXCEPTIONS.name}: {file} keeps {rule} again; take the exception out")
    return 1 if broken or stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
