"""Jobs: one after the other, their state to be asked for, whatever happens in them."""

import threading
import time
from pathlib import Path

import pytest

from desireline.errors import EmptyFile, Internal, UnknownJob
from desireline.http.jobs import KEPT, Job, Jobs, Report


def ended(jobs: Jobs[str], job: str) -> Job[str]:
    for _ in range(500):
        if jobs.get(job).state != "running":
            return jobs.get(job)
        time.sleep(0.01)
    raise AssertionError("did not end")


def test_progress_and_summary(tmp_path: Path) -> None:
    jobs: Jobs[str] = Jobs(tmp_path)
    told, go_on = threading.Event(), threading.Event()

    def work(report: Report) -> str:
        report(7)
        told.set()
        go_on.wait(5)
        return "summary"

    job = jobs.start(work)
    assert told.wait(5)
    assert (jobs.get(job).state, jobs.get(job).rows, jobs.get(job).summary) == ("running", 7, None)
    assert jobs.get(job).rows_per_second > 0
    go_on.set()
    assert (ended(jobs, job).state, ended(jobs, job).summary) == ("done", "summary")


def test_one_at_a_time_in_order(tmp_path: Path) -> None:
    jobs: Jobs[str] = Jobs(tmp_path)
    running: list[int] = []
    seen: list[int] = []

    def work(number: int) -> str:
        running.append(number)
        assert running == [number]
        time.sleep(0.02)
        seen.append(running.pop())
        return str(number)

    started = [jobs.start(lambda _, n=n: work(n)) for n in range(5)]  # type: ignore[misc]
    assert [ended(jobs, job).state for job in started] == ["done"] * 5
    assert seen == [0, 1, 2, 3, 4]


def test_a_refusal_and_a_fault_end_only_their_own_job(tmp_path: Path) -> None:
    jobs: Jobs[str] = Jobs(tmp_path)

    def refuse(_: Report) -> str:
        raise EmptyFile(file="x.csv")

    def fail(_: Report) -> str:
        raise ZeroDivisionError

    refused, failed, fine = jobs.start(refuse), jobs.start(fail), jobs.start(lambda _: "fine")
    assert isinstance(ended(jobs, refused).error, EmptyFile)
    fault = ended(jobs, failed).error
    assert isinstance(fault, Internal)
    assert "ZeroDivisionError" in Path(fault.log).read_text()
    assert ended(jobs, fine).summary == "fine"


def test_old_jobs_are_forgotten(tmp_path: Path) -> None:
    jobs: Jobs[str] = Jobs(tmp_path)
    first = jobs.start(lambda _: "x")
    last = [jobs.start(lambda _: "x") for _ in range(KEPT)][-1]
    assert ended(jobs, last).state == "done"
    with pytest.raises(UnknownJob):
        jobs.get(first)
