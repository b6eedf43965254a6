"""Parts of a text that hold figures and promise nothing: addresses of sites, e-mails, telephone and order numbers."""

import re
from typing import Final

_SIGNS: Final = re.compile(
    r"https?://\S+|www\.\S+|\b[\w.+-]+@[\w-]+\.[\w.]+"
    r"|(?:\+|\b00)[0-9]{1,3}[\s()/.-]?(?:[0-9][\s()/.-]?){6,12}(?![0-9])"
    r"|\b(?:tel(?:efon)?|phone|call|zadzwoń|infolini\w+|nazovite|nazovi|mob|fax|faks|whatsapp)\b[.:\s]{0,3}(?:us\s+on\s+|pod\s+|na\s+)?"
    r"\(?[0-9](?:[\s()/-]?[0-9]){5,11}(?![0-9])"
    r"|(?<![0-9])0[0-9]{1,3}[\s/-][0-9]{3,4}[\s-]?[0-9]{2,4}(?:[\s-][0-9]{2,3})?(?![0-9])"
    r"|#[0-9][\w-]*|\b(?:nr|no\.|br\.|order|zamówienie|narudžba)\s*#?[0-9]{4,}"
    r"|\b[A-Z]{2}[0-9]{2}(?:\s?[0-9]{4}){3,7}\b",
    re.IGNORECASE,
)


def masked(text: str) -> list[tuple[int, int]]:
    """Where these stand.

    >>> text = "Call +48 22 123 45 67 or 22 zł"
    >>> [text[start:end] for start, end in masked(text)]
    ['+48 22 123 45 67 ']
    """
    return [match.span() for match in _SIGNS.finditer(text)]
