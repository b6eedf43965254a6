"""Names as parts of ids and of names of files."""

import re
import unicodedata
from typing import Final

_NOT_DECOMPOSED: Final = str.maketrans("łŁđĐ", "lLdD")


def slug(name: str, most: int = 48) -> str:
    """Lower-case Latin letters, digits and hyphens of a name.

    >>> slug("Złożenie zamówienia (WWW)"), slug("Đurđa"), slug("✓")
    ('zlozenie-zamowienia-www', 'durda', '')
    """
    plain = unicodedata.normalize("NFKD", name.translate(_NOT_DECOMPOSED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:most].strip("-")
