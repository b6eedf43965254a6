"""Progress on stderr: nothing for what ends within a second, and nothing where stderr is no terminal."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from desireline.cli.session import Session

PATIENCE = 1.0


@contextmanager
def rows_read(session: Session, what: str) -> Iterator[Callable[[int], None]]:
    """A moving bar with rows and rows per second; gives the function to call with the rows so far."""
    with _bar() as (update, started):

        def report(rows: int) -> None:
            speed = round(rows / max(time.perf_counter() - started, 1e-3))
            update(f"{session.text(f'doing.{what}')}  {session.text('rows', n=rows)}  {session.text('speed', n=speed)}")

        report(0)
        yield report


@contextmanager
def waiting(session: Session, what: str) -> Iterator[None]:
    """A moving bar for work that cannot say how far it is."""
    with _bar() as (update, _):
        update(session.text(f"doing.{what}"))
        yield


@contextmanager
def steps(session: Session) -> Iterator[Callable[[str, int], None]]:
    """A moving bar for work in named steps, each of which may count rows."""
    with _bar() as (update, _):

        def report(step: str, rows: int) -> None:
            counted = f"  {session.text('rows', n=rows)}" if rows else ""
            update(session.text(f"doing.{step}") + counted)

        yield report


@contextmanager
def _bar() -> Iterator[tuple[Callable[[str], None], float]]:
    started = time.perf_counter()
    if not sys.stderr.isatty():
        yield (lambda _: None), started
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        BarColumn(24),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=None)
    late = threading.Timer(PATIENCE, bar.start)
    late.daemon = True
    late.start()
    try:
        yield (lambda text: bar.update(task, description=text.replace("[", "\\["))), started
    finally:
        late.cancel()
        late.join()
        bar.stop()
