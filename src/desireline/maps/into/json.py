"""A map from our JSON, as `docs/reference/map.schema.json` describes it."""

import json

from desireline.errors import MapUnreadable
from desireline.maps.into.reading import Read, decoded, validated


def read(file: str, data: bytes) -> Read:
    """The map that the file holds, with its library; nothing is left out.

    Raises:
        MapUnreadable: damaged, or no map of version 2.
    """
    return Read(validated(file, "json", document(file, data)), [], "json")


def document(file: str, data: bytes, form: str = "json") -> object:
    """Any JSON document.

    Raises:
        MapUnreadable: damaged, or nested beyond reason.
    """
    try:
        return json.loads(decoded(file, form, data), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise MapUnreadable(file, form, "damaged", str(error)) from error


def _refused(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON")
