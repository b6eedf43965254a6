"""What the commands of all questions share."""

from typing import Any

from desireline.cli.output import print_json
from desireline.cli.progress import waiting
from desireline.cli.session import Session


def ask(session: Session, question: str, as_json: bool, **fields: Any) -> Any:
    """The answer; already printed if JSON is wanted."""
    with waiting(session, "question"):
        result = session.workspace.ask(question, fields)
    if as_json:
        print_json(result)
    return result
