"""The addresses of hosted forms: the only ones that other sites may frame and send to."""

import re
from typing import Final

PAGE: Final = re.compile(r"/f/[A-Za-z0-9]{12}")
FILE: Final = re.compile(r"/f/[A-Za-z0-9]{12}/(form\.css|form\.js|embed\.js)")

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors *",
    )
)


def is_page(path: str) -> bool:
    r"""Whether a path is the page of a form, whatever its key.

    >>> [is_page(p) for p in ("/f/abcdefghijkm", "/f/abcdefghijkm/x", "/f/abc", "/api/forms", "/f/abcdefghijkm\n")]
    [True, False, False, False, False]
    """
    return PAGE.fullmatch(path) is not None


def is_hosted(path: str) -> bool:
    """Whether a path is the page of a form or one of the page's own files."""
    return is_page(path) or FILE.fullmatch(path) is not None
