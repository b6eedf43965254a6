"""All detectors, by the kind of obstacle that they find; each is a module of that name with a function `find`."""

import importlib
from typing import cast

from desireline.analyze.detectors.material import Material, Signs
from desireline.analyze.detectors.model import Kind, Reason


def find(kind: Kind, material: Material) -> Signs | Reason:
    """Where a kind of trouble shows, or why the data cannot show it."""
    module = importlib.import_module(f"desireline.analyze.detectors.{kind}")
    return cast("Signs | Reason", module.find(material))
