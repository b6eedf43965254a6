"""What every command knows: where the workspace is, which language is spoken, whether JSON is wanted."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from desireline.service.workspace import Workspace

DEFAULT_FOLDER: Final = "desireline-data"
GLOBAL: Final = ("--workspace", "--language")

OWN_LANGUAGE: Final = ("sentiment", "topics")
"""Commands whose `--language` is that of the texts they read; the reader's stands before the command."""


@dataclass
class Session:
    """One run of the command line.

    Attributes:
        folder: the workspace.
        language: `en`, `pl` or `hr`.
        as_json: whether stdout carries one JSON document and nothing else.
    """

    folder: Path
    language: str = "en"
    as_json: bool = False

    @classmethod
    def of(cls, arguments: list[str], environment: Mapping[str, str]) -> "Session":
        """What is known before the command line is parsed, so that even its mistakes are told properly."""
        from desireline.i18n import known_language

        wanted = next(
            (v for n in ("DESIRELINE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if (v := environment.get(n))), None
        )
        moved = hoisted(arguments)
        command = next((place for place, one in enumerate(moved) if one in OWN_LANGUAGE), len(moved))
        for name, following in zip(moved[:command], [*moved[1:], ""], strict=False):
            if name.startswith("--language"):
                wanted = name.partition("=")[2] or following
        folder = environment.get("DESIRELINE_WORKSPACE") or DEFAULT_FOLDER
        return cls(Path(folder), known_language(wanted), "--json" in arguments)

    @property
    def workspace(self) -> "Workspace":
        """The workspace, opened."""
        from desireline.service.workspace import Workspace

        return Workspace.open(self.folder)

    def text(self, key: str, **params: object) -> str:
        """A text of the command line in the reader's language; `key` without its `cli.`."""
        from desireline.i18n import translate

        return translate(self.language, f"cli.{key}", **params)

    def say(self, key: str, **params: object) -> None:
        """A message on stderr."""
        sys.stderr.write(self.text(key, **params) + "\n")


def environment() -> Mapping[str, str]:
    """The process's environment."""
    return os.environ


def hoisted(arguments: list[str]) -> list[str]:
    """Global options moved to the front, so that they may also stand after the command.

    >>> hoisted(["funnel", "--steps", "A,B", "--workspace", "w", "--language=pl"])
    ['--workspace', 'w', '--language=pl', 'funnel', '--steps', 'A,B']
    >>> hoisted(["topics", "--language", "pl", "--workspace", "w"])
    ['--workspace', 'w', 'topics', '--language', 'pl']
    """
    front: list[str] = []
    rest: list[str] = []
    left = iter(arguments)
    moving: tuple[str, ...] = GLOBAL
    for argument in left:
        if argument == "--":
            rest += [argument, *left]
        elif argument in moving:
            front += [argument, *([value] if (value := next(left, None)) is not None else [])]
        elif not rest and argument in OWN_LANGUAGE:
            moving = tuple(name for name in GLOBAL if name != "--language")
            rest.append(argument)
        elif argument.startswith(tuple(f"{name}=" for name in moving)):
            front.append(argument)
        else:
            rest.append(argument)
    return front + rest
