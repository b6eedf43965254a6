"""What took long to compute of a generation's texts is kept in its folder, and goes with it."""

import hashlib
import json
import os
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

from desireline.analyze.remembering import remembered
from desireline.analyze.scope import Scope
from desireline.store.journeys import Generation

Kept = TypeVar("Kept", bound=BaseModel)

VERSION = 4
"""Rises when methods change, so that nothing found by older ones is shown."""


def kept(generation: Generation, scope: Scope, model: type[Kept], key: Any, find: Callable[[], Kept]) -> Kept:
    """What was found under a key before, in memory or in the generation's folder, else what `find` finds now.

    Args:
        generation: whose folder.
        scope: of memory; it must be that of the key.
        model: what is kept.
        key: JSON of everything that the answer depends on beside the generation.
        find: computes it.
    """
    text = json.dumps([VERSION, model.__name__, key], sort_keys=True, ensure_ascii=False, default=str)
    name = hashlib.sha256(text.encode()).hexdigest()[:32]

    def load() -> Kept:
        file = generation.folder / "voice" / f"{name}.json"
        try:
            return model.model_validate_json(file.read_bytes())
        except (FileNotFoundError, ValueError):
            found = find()
        draft = file.with_name(f".{name}-{os.urandom(4).hex()}")
        try:
            file.parent.mkdir(exist_ok=True)
            draft.write_text(found.model_dump_json())
            draft.replace(file)
        except FileNotFoundError:  # the generation was swept meanwhile: there is nobody to keep it for
            pass
        return found

    return remembered(scope, ("voice", name), load)
