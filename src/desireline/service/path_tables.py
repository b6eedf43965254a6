"""Questions to an aggregated table of paths, which needs no workspace."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from desireline.errors import BadQuestion

if TYPE_CHECKING:
    from desireline.analyze.attribution import AttributionResult


def attribution_of_paths(file: str | os.PathLike[str], fields: dict[str, Any]) -> "AttributionResult":
    """Credit by every model that needs no times, from a table of paths.

    Args:
        file: columns path (steps apart by `>`), total_conversions and, where known, total_conversion_value and
            total_null; any format that can be imported, the separator is found.
        fields: of `analyze.crediting.Crediting`: models, credit, order, direct, intervals.

    Raises:
        BadQuestion: a field that makes no sense, or needs more than the table has.
        NoPathTable, BadPathRow: the file is no such table.
    """
    from desireline.analyze.attribution_of_paths import answer_paths
    from desireline.analyze.crediting import Crediting
    from desireline.collect.path_table import read_paths

    try:
        how = Crediting.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadQuestion(
            parameter=".".join(str(p) for p in first["loc"]), given=str(first["input"])[:100], expected=first["msg"]
        ) from None
    return answer_paths(read_paths(Path(file)), how)
