"""A list of models as the rows of a table: nested parts become columns of their own."""

import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

Cell = str | int | float | bool | None


def rows(models: Sequence[BaseModel]) -> list[dict[str, Cell]]:
    """One row for each model, all with the same columns.

    A model inside becomes `outer.inner`, the places of a list of numbers `name.0`, `name.1` and so on, a list of texts
    one text with arrows between them, and a list of models JSON.
    """
    flat = [_flat("", model.model_dump(mode="json", by_alias=True)) for model in models]
    names = list(dict.fromkeys(name for row in flat for name in row))
    return [{name: row.get(name) for name in names} for row in flat]


def _flat(prefix: str, value: Any) -> dict[str, Cell]:
    if isinstance(value, dict):
        return {k: v for name, one in value.items() for k, v in _flat(f"{prefix}.{name}".lstrip("."), one).items()}
    if not isinstance(value, list):
        return {prefix: value}
    if any(isinstance(one, dict | list) for one in value):
        return {prefix: json.dumps(value, ensure_ascii=False)}
    if all(isinstance(one, str) for one in value):
        return {prefix: " → ".join(value)}
    return {f"{prefix}.{place}": one for place, one in enumerate(value)}
