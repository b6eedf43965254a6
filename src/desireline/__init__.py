"""Desireline: the journey map that your customers really walked.

Example:
    >>> import desireline as dl
    >>> ws = dl.open("desireline-data")  # doctest: +SKIP
    >>> ws.funnel(["Visit", "Basket", "Order"], within="7d").steps[0].people  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desireline.errors import DesirelineError
    from desireline.model.definition import Definition
    from desireline.model.mapping import Mapping
    from desireline.model.question import Filters
    from desireline.model.segment import Segment
    from desireline.service.workspace import Workspace

    open = Workspace.open  # noqa: A001

__all__ = ["Definition", "DesirelineError", "Filters", "Mapping", "Segment", "Workspace", "open"]

_HOMES = {
    "Definition": "desireline.model.definition",
    "DesirelineError": "desireline.errors",
    "Filters": "desireline.model.question",
    "Mapping": "desireline.model.mapping",
    "Segment": "desireline.model.segment",
    "Workspace": "desireline.service.workspace",
}


def __getattr__(name: str) -> Any:
    """Public names load their module when they are first used, so that the import takes milliseconds."""
    from importlib import import_module

    if name == "open":
        return import_module(_HOMES["Workspace"]).Workspace.open
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'desireline' has no attribute '{name}'")
