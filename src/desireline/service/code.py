"""The same question in other words: the Python call, the command, and SQL where it can say it."""

import json
import shlex
from pprint import pformat

from pydantic import BaseModel

from desireline.model.question import Asked
from desireline.service.sql_of import sql_of


class Code(BaseModel):
    """Texts that give the same answer. `sql` is over the views of `Workspace.sql`, None where it cannot say it."""

    python: str
    command: str
    sql: str | None


def code_of(question: str, asked: Asked, workspace: str, zone: str) -> Code:
    """A question as code.

    Args:
        question: its name.
        asked: its request.
        workspace: the folder that the code opens.
        zone: the workspace's IANA zone.
    """
    fields = asked.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    given = pformat(fields, sort_dicts=False, width=100)
    as_json = json.dumps(fields, ensure_ascii=False)
    return Code(
        python=f"import desireline as dl\n\nws = dl.open({workspace!r})\nws.ask({question!r}, {given})",
        command=shlex.join(["desireline", "--workspace", workspace, "ask", question, as_json, "--json"]),
        sql=sql_of(question, asked, zone),
    )
