"""What the command line refuses: a code, a sentence and the facts, exit codes 1, 2 and 130, never a traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import COMMAND, Ran, desireline_command, environment, series
from tests.contract.conftest import CASES
from tests.servers import Server

FUNNEL = ("funnel", "--steps", "Visit,Basket,Order")

REFUSALS: list[tuple[tuple[object, ...], str, dict[str, object]]] = [
    (("funnel", "--steps", "Visit,Nowhere"), "unknown_step", {"step": "Nowhere"}),
    (("funnel", "--steps", "Visit", "--within", "soon"), "bad_question", {"given": "soon"}),
    (("funnel", "--steps", "Visit", "--since", "yesterday"), "bad_question", {"parameter": "since"}),
    (("funnel", "--steps", "Visit", "--trait", "gold"), "bad_question", {"parameter": "trait"}),
    (("people", "list", "--drill", "x", "--cell", "step:1"), "bad_drilldown", {}),
    (("people", "show", "customer_id:nobody"), "unknown_person", {"person": "customer_id:nobody"}),
    (("map", "show", "Nothing"), "unknown_map", {"name": "Nothing", "available": ["Purchase"]}),
    (("map", "draw", "--name", "x", "--goal", "Fame"), "unknown_goal", {"available": ["Bought"]}),
    (("map", "draw", "--name", "  "), "bad_name", {"kind": "map"}),
    (("definition", "show", "--version", "9"), "no_definition", {"available": [1]}),
    (("definition", "edit", "--file", "nowhere.yaml"), "file_missing", {"path": "nowhere.yaml"}),
    (("import", "nowhere.csv", "--source", "s"), "file_missing", {"path": "nowhere.csv"}),
    (("import", CASES / "events.csv", "--source", "s", "--preset", "p"), "unknown_preset", {"preset": "p"}),
    (("import", CASES / "traits.csv", "--source", "s"), "no_mapping", {}),
    (("rejects", "replay", "--source", "nowhere"), "unknown_source", {"source": "nowhere"}),
    (("map", "export", "Purchase", "--format", "json", "--out", "none/x.json"), "cannot_open", {"path": "none/x.json"}),
    (("rejects", "export", "--out", "none/x.csv"), "cannot_open", {"path": "none/x.csv"}),
    (("forms", "create", "x" * 3000), "cannot_open", {"path": "x" * 200}),
    (("init", "--zone", "Mars/Olympus"), "bad_question", {"parameter": "zone"}),
    (("serve", "--host", "0.0.0.0"), "not_loopback", {"host": "0.0.0.0"}),  # noqa: S104
    (("serve", "--host", "example.org"), "not_loopback", {"host": "example.org"}),
]


@pytest.fixture(scope="module")
def refused(mapped: Path) -> list[Ran]:
    """Each of them twice: for a person, and as JSON."""
    return series(*(c for line, _, _ in REFUSALS for c in (line, (*line, "--json"))), workspace=mapped)


def _interruptible() -> None:
    """A shell's background job ignores SIGINT, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class TestRefusals:
    @pytest.mark.parametrize("at", range(len(REFUSALS)), ids=lambda at: f"{REFUSALS[at][1]}-{at}")
    def test_code_sentence_and_facts(self, refused: list[Ran], at: int) -> None:
        _, code, details = REFUSALS[at]
        plain, asked = refused[2 * at : 2 * at + 2]
        assert (plain.code, plain.out) == (1, "")
        assert plain.err.startswith(f"error[{code}]: ")
        assert asked.code == 1
        error = asked.json["error"]
        assert error["code"] == code
        assert error["details"].items() >= details.items()
        assert plain.err == f"error[{code}]: {error['message']}\n"

    def test_a_question_to_nothing(self, tmp_path: Path) -> None:
        done = desireline_command(*FUNNEL, "--json", workspace=tmp_path / "none")
        assert (done.code, done.json["error"]["code"]) == (1, "no_events")

    def test_in_polish(self, visits: Path) -> None:
        done = desireline_command("--language", "pl", "funnel", "--steps", "Nigdzie", workspace=visits)
        assert "Nie ma tu kroku 'Nigdzie'" in done.err

    def test_usage(self, visits: Path) -> None:
        lines = [
            ("nothing",), ("funnel",), ("funnel", "--what"), ("status", "--limit", "x"), ("map",), ("import", "x.csv"),
            ("funnel", "--steps", "A", "--grain", "galaxy"), ("variants", "--top", "0"), ("--workspace",),
            ("studies", "show", "a\udcff"),
        ]  # fmt: skip
        for line, done in zip(lines, series(*((*u, "--json") for u in lines), workspace=visits), strict=True):
            assert done.code == 2, line
            assert done.json["error"]["code"] == "bad_usage", line
            assert done.err.startswith("error[bad_usage]: "), line

    def test_port_taken(self, mapped: Path, server: Server) -> None:
        port = server.address.rpartition(":")[2]
        done = desireline_command("serve", "--port", port, "--json", workspace=mapped)
        assert (done.code, done.json["error"]["code"]) == (1, "port_taken")

    def test_our_own_fault_goes_to_a_log(self, tmp_path: Path) -> None:
        workspace = tmp_path / "workspace"
        workspace.mkdir()
        (workspace / "records.sqlite").mkdir()
        done = desireline_command("definition", "show", "--json", workspace=workspace)
        assert done.code == 1
        error = done.json["error"]
        assert error["code"] == "internal"
        assert "Traceback" in Path(error["details"]["log"]).read_text()

    def test_a_reader_that_goes_away(self, visits: Path) -> None:
        command = subprocess.Popen(
            [*COMMAND, "people", "find", "--limit", "1000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environment(visits),
        )  # fmt: skip
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.close()
        assert command.stderr.read() == b""
        command.wait(60)

    def test_interrupted(self, mapped: Path) -> None:
        wait = "import sys, time; print('open', file=sys.stderr, flush=True); time.sleep(60)"
        command = subprocess.Popen(
            [*COMMAND, "definition", "edit"], stderr=subprocess.PIPE, stdout=subprocess.PIPE,
            env=environment(mapped, EDITOR=f'{sys.executable} -c "{wait}"'), start_new_session=True,
            preexec_fn=_interruptible,  # noqa: PLW1509
        )  # fmt: skip
        assert command.stderr is not None
        assert command.stderr.readline() == b"open\n"
        os.kill(command.pid, signal.SIGINT)
        os.killpg(command.pid, signal.SIGINT)
        out, err = command.communicate(timeout=60)
        assert (command.returncode, out) == (130, b"")
        assert b"desireline" not in err, "the traceback is the editor's, not ours"
