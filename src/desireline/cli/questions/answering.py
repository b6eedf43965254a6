"""What the commands of all questions share."""

from typing import TYPE_CHECKING, Any

import typer

from desireline.cli.output import line, print_json, share, table, whole
from desireline.cli.progress import waiting
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.analyze.comparing import Comparison


def ask(
    session: Session, question: str, as_json: bool, *, versus: str | None, compare_definition: str | None, **fields: Any
) -> Any:
    """The answer; already printed if JSON is wanted. With `versus` the comparison is all that is printed."""
    with waiting(session, "question"):
        if versus is not None:
            comparison = session.workspace.compare(question, fields.pop("segment"), versus, **fields)
            compared(session, comparison, as_json)
            raise typer.Exit
        result = session.workspace.ask(question, fields)
        other = None
        if compare_definition is not None and as_json:
            other = session.workspace.ask(question, {**fields, "definition": compare_definition})
    if other is not None:
        both = {"definition": result, "compare_definition": other}
        print_json({name: one.model_dump(mode="json", by_alias=True) for name, one in both.items()})
    elif as_json:
        print_json(result)
    return result


def compared(session: Session, found: "Comparison", as_json: bool) -> None:
    """Prints two segments side by side."""
    if as_json:
        print_json(found)
        return
    rows = (
        (d.label, *(f"{whole(session, n)} / {whole(session, of)}" for n, of in ((d.a, d.a_of), (d.b, d.b_of))),
         share(session, d.difference), None if d.low is None else f"{share(session, d.low)} – {share(session, d.high)}")
        for d in found.differences
    )  # fmt: skip
    table(session, ("share_of", "side_a", "side_b", "difference", "interval"), rows)
    for side, told in (("a", found.a), ("b", found.b)):
        name = told.segment or session.text("everyone")
        line(session.text(f"compare.{side}", segment=name, n=told.people))
    if found.uncertain:
        line(session.text("compare.uncertain", n=found.uncertain))
    if found.overlap:
        line(session.text("compare.overlap", n=found.overlap))
