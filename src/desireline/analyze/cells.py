"""Names of cells: a kind, and after a colon what distinguishes cells of the kind, as JSON."""

import json
from typing import Any

from desireline.errors import BadDrilldown


def parsed(cell: str) -> tuple[str, Any]:
    """The kind and the value, None for a cell without one.

    >>> parsed('entry:"Home page"'), parsed("bounced")
    (('entry', 'Home page'), ('bounced', None))

    Raises:
        BadDrilldown: what follows the colon is no JSON.
    """
    kind, colon, text = cell.partition(":")
    try:
        return kind, json.loads(text) if colon else None
    except (ValueError, RecursionError):
        raise BadDrilldown(given=cell[:40]) from None
