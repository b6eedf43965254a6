"""The questions, one command a file."""

import importlib

import typer

from desireline.cli.options import asking

COMMANDS = (
    "funnel", "transitions", "variants", "paths", "durations", "sessions", "retention", "lifecycle", "stickiness",
    "switches", "attribution", "micro_conversions", "friction", "stages", "types", "personas", "obstacles", "stakes",
    "drift", "troubles",
)  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Registers the commands: each is the function of its module's name."""
    for name in COMMANDS:
        command = getattr(importlib.import_module(f"desireline.cli.questions.{name}"), name)
        app.command(name.replace("_", "-"))(asking(command))
