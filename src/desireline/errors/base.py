"""One tree of errors: a stable code and a sentence that says what was wrong, what exists and what to do.

The sentence lives in `locales/<language>.json` under `errors.<code>`, so the command line, HTTP and Python
say the same in English, Polish and Croatian. Every class is a dataclass: its fields are the facts of the case
and the parameters of the sentence.
"""

from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(eq=False)
class DesirelineError(Exception):
    """The root of all errors that a user can meet.

    Attributes:
        code: stable machine-readable name, the same in every surface.
        http_status: what the HTTP surface answers with.
    """

    code: ClassVar[str] = "error"
    http_status: ClassVar[int] = 400

    @property
    def details(self) -> dict[str, object]:
        """The facts of the case, by field name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def sentence(self, language: str = "en") -> str:
        """What was wrong, what exists and what to do, in `en`, `pl` or `hr`."""
        from desireline.i18n import translate

        shown = {f.name: _shown(getattr(self, f.name), f.metadata.get("plain", False)) for f in fields(self)}
        return translate(language, f"errors.{self.code}", **shown)

    def __str__(self) -> str:
        return self.sentence("en")


def _shown(value: object, plain: bool) -> object:
    """Lists in a sentence are quoted, comma-separated and cut at twelve; plain numbers are names, not amounts."""
    if plain:
        return str(value)
    if isinstance(value, (list, tuple)):
        head = ", ".join(f"'{v}'" for v in value[:12])
        return f"{head}, … ({len(value)})" if len(value) > 12 else head or "—"
    return value
