"""Which language a text is in, without the network: English, Polish, Croatian, or another one.

py3langid (BSD-3-Clause, 4.5 MB) was chosen over lingua (Apache-2.0, 96 MB) and simplemma's detector (MIT, 19 MB) by
measuring 500 texts of each language and their first six words (`benchmarks/known_voice.py`): all three are right for at
least .99 of whole texts and .97 of six words; py3langid takes 20-90 µs a text, simplemma 30-200 µs, lingua 200-600 µs,
and only py3langid and lingua know other languages. Bosnian, Croatian, Montenegrin and Serbian are one written language
as far as word lists and models go: all of them are `hr` here.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

Language = Literal["en", "pl", "hr", "other"]
KNOWN: Final = ("en", "pl", "hr")
OTHER: Final = "other"
_CLASSES: Final[tuple[Language, ...]] = ("en", "pl", "hr", "other")

_SAME: Final[dict[str, Language]] = {"bs": "hr", "sr": "hr", "sh": "hr", "hr": "hr", "en": "en", "pl": "pl"}

READ: Final = 200
"""Letters that are enough to tell."""

LEAST: Final = 3
"""Letters below which nothing is told."""

_ROUNDS: Final = 5
_RARE: Final = 0.001


def languages(texts: Sequence[str], said: Sequence[str | None] | None = None) -> list[Language]:
    """The language of each text; `other` for one that is not known, and for too few letters to tell (emoji only).

    What few words leave open is decided by how common each language is among all of the texts: its share is estimated
    with them, by expectation-maximisation from equal shares.

    Args:
        texts: without markup.
        said: what the source says of each, such as `pl` or `pl-PL`; believed where it is a language at all.
    """
    given = [of_tag(tag) for tag in said] if said is not None else [None] * len(texts)
    open_ = [place for place, tag in enumerate(given) if tag is None]
    read = {place: letters for place in open_ if (letters := _letters(texts[place])) is not None}
    likely = np.array([_likelihoods(letters) for letters in read.values()]).reshape(-1, len(_CLASSES))
    shares = np.full(len(_CLASSES), 1 / len(_CLASSES))
    for _ in range(_ROUNDS if len(likely) > 1 else 0):
        together = likely * shares
        shares = np.maximum((together / together.sum(1, keepdims=True)).mean(0), _RARE)
    best = dict(zip(read, (likely * shares).argmax(1).tolist(), strict=True)) if read else {}
    return [tag or (_CLASSES[best[place]] if place in best else OTHER) for place, tag in enumerate(given)]


def language(text: str) -> Language:
    """The language of a text by itself.

    >>> [language(text) for text in ("Where is my parcel?", "Gdzie jest moja paczka?", "Gdje je moj paket?", "👍👍")]
    ['en', 'pl', 'hr', 'other']
    """
    return languages([text])[0]


def _letters(text: str) -> str | None:
    """The words of a text without signs and digits, None for too few."""
    read = " ".join("".join(sign if sign.isalpha() else " " for sign in text[:READ]).split())
    return read if len(read) - read.count(" ") >= LEAST else None


def _likelihoods(letters: str) -> list[float]:
    """How likely the letters are in each class; all other languages together are as likely as their mean."""
    identifier = _identifier()
    likely, others = dict.fromkeys(_CLASSES, 0.0), len(identifier.nb_classes) - len(_SAME)
    for code, share in identifier.rank(letters):
        if code in _SAME:
            likely[_SAME[code]] = max(likely[_SAME[code]], float(share))
        else:
            likely[OTHER] += float(share) / others
    return [max(share, 1e-300) for share in likely.values()]


def of_tag(tag: str | None) -> Language | None:
    """The language that a tag such as `en-GB` names, None for none.

    >>> of_tag("pl_PL"), of_tag("de"), of_tag(""), of_tag("n/a")
    ('pl', 'other', None, None)
    """
    code = (tag or "").strip().lower().replace("_", "-").partition("-")[0]
    if len(code) not in {2, 3} or not code.isalpha():
        return None
    return _SAME.get(code, OTHER)


@cache
def _identifier() -> "LanguageIdentifier":
    from pathlib import Path

    import py3langid  # type: ignore[import-untyped]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_modelpath(Path(py3langid.__file__).parent / MODEL_FILE, norm_probs=True)
