"""Names of the organisation in a text, and how they are written there."""

import re
from collections.abc import Iterator, Mapping, Sequence

from desireline.model.promise import Extraction

_ENDING = r"(?:['’]?[^\W\d_]{1,3})?"
"""Endings of cases in Polish and Croatian, and the English genitive."""

LONG = 6
"""Letters from which a name is taken for itself even if it is cut into pieces."""


def brands(text: str, terms: Mapping[str, Sequence[str]]) -> Iterator[Extraction]:
    """Every place of a name, with the letters that stand there.

    Case, spaces and hyphens between the parts of a name do not matter for finding it, nor does an ending.

    Args:
        text: any.
        terms: each name as it is to be written, with other spellings to avoid.
    """
    for term, avoid in terms.items():
        for match in re.finditer(rf"(?<!\w)(?:{'|'.join(map(_loosely, [term, *avoid]))})(?!\w)", text, re.IGNORECASE):
            yield Extraction(kind="brand", unit="word", value=term, quote=match.group(), start=match.start(),
                             end=match.end())  # fmt: skip


def _loosely(name: str) -> str:
    """A pattern of a name; one of `LONG` letters is also found in pieces."""
    letters = [sign for sign in name if not sign.isspace() and sign not in "-_"]
    if len(letters) >= LONG:
        return r"[\s_-]?".join(map(re.escape, letters)) + _ENDING
    return r"[\s_-]{0,2}".join(map(re.escape, name.split())) + _ENDING
