r"""Conditions as text: `channel = "web" and did "Order" at least 2 times within 30d and not in segment "Staff"`.

Weakest first: `or`, `and`, `not`, parentheses. Key words are written in any case, names and texts in double quotes,
where `\"` is a quote and `\\` a backslash. A path of a property or name of a trait that is no plain word stands in
quotes too: `property."cart total" > 100`. What each condition means stands in `model.segment`; the grammar in
`expression.lark`.
"""

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from desireline.errors import BadExpression, BadQuestion
from desireline.model import segment as model
from desireline.model.segment import AllOf, AnyOf, Behaviour, FieldCondition, InSegment, Membership, Not

if TYPE_CHECKING:
    from lark import Lark

    from desireline.model.segment import Condition, Segment

LONGEST, SHOWN = 10_000, 30
MARK = "▸"
PLAIN = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)
SAMPLES = {
    "FIELD": ("channel", "event", "value", "property.PATH", "trait.NAME"),
    "SIGN": ("=", "!=", "<", "<=", ">", ">="),
    "STRING": ('"…"',),
    "NUMBER": ("100",),
    "COUNT": ("2",),
    "SPAN": ("30d",),
    "LPAR": ("(",),
    "RPAR": (")",),
    "COMMA": (",",),
    "$END": (),
}
"""What stands for a kind of word in a message; a key word stands for itself."""


# --- reading ---------------------------------------------------------------------------------------------------


def parse(text: str) -> "Condition":
    """The condition that a text says.

    >>> parse('not channel = "web" or trait.age >= 18').any[1].field
    'trait.age'

    Raises:
        BadExpression: it makes no sense from some character on.
        BadQuestion: a part of it makes no sense, or it is too long.
    """
    if len(text) > LONGEST:
        raise BadQuestion(parameter="where", given=text[:100], expected=f"≤ {LONGEST}")
    condition = _read(text)
    if (limit := model.limit_passed(condition)) is not None:
        raise BadQuestion(parameter="where", given=text[:100], expected=limit)
    return condition


def _read(text: str) -> "Condition":
    """Word by word, so that it is known where sense ends and what could have stood there."""
    from lark import Token, UnexpectedInput

    running: Any = _parser().parse_interactive(text)
    words = running.lexer_thread.lex(running.parser_state)
    while True:
        try:
            word = next(words, None)
        except UnexpectedInput as error:
            raise _lost(text, error.pos_in_stream or 0, running.accepts()) from None
        before, place = running.copy(deepcopy_values=False), len(text) if word is None else word.start_pos or 0
        try:
            read: Condition = running.feed_token(word or Token("$END", ""))
        except UnexpectedInput:
            raise _lost(text, place, before.accepts()) from None
        except ValidationError as error:
            given = text[max(0, place - 100) : place].strip()
            raise BadQuestion(parameter="where", given=given, expected=error.errors()[0]["msg"]) from None
        if word is None:
            return read


def _lost(text: str, place: int, accepted: set[str]) -> BadExpression:
    near = text[max(0, place - SHOWN) : place] + MARK + text[place : place + SHOWN]
    expected = [word for kind in sorted(accepted) for word in SAMPLES.get(kind, (kind.strip("_").lower(),))]
    return BadExpression(near=near, position=place + 1, expected=expected)


@cache
def _parser() -> "Lark":
    from lark import Lark

    grammar = files("desireline.model").joinpath("expression.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Builder())


class _Builder:
    """Makes a condition of each rule of the grammar, from what its parts have become."""

    def start(self, found: list[Any]) -> Any:
        return found[0]

    def either(self, found: list[Any]) -> AnyOf:
        return AnyOf(any=found)

    def both(self, found: list[Any]) -> AllOf:
        return AllOf(all=found)

    def negated(self, found: list[Any]) -> Not:
        return Not(not_=found[0])

    def compared(self, found: list[Any]) -> FieldCondition:
        return FieldCondition(field=_field(found[0]), op=found[1].lower(), value=_value(found[2]))

    def listed(self, found: list[Any]) -> FieldCondition:
        return FieldCondition(field=_field(found[0]), op="in", value=[_value(one) for one in found[2:]])

    def asked(self, found: list[Any]) -> FieldCondition:
        return FieldCondition(field=_field(found[0]), op=found[1].lower())

    def text(self, found: list[Any]) -> str:
        return _unquoted(found[0])

    def clause(self, found: list[Any]) -> tuple[str, Any]:
        name = {"least": "at_least", "most": "at_most"}.get(found[0].lower(), found[0].lower())
        return name, int(found[1]) if name.startswith("at_") else found[1]

    def did(self, found: list[Any]) -> Behaviour:
        step, *clauses = found
        names = [name for name, _ in clauses]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise BadQuestion(parameter="where", given=f'did "{step}"', expected=f"1 × {twice.replace('_', ' ')}")
        return Behaviour(did=step, **dict(clauses))

    def saved(self, found: list[Any]) -> InSegment:
        return InSegment(segment=found[1], version=int(found[2]) if len(found) > 2 else None)

    def member(self, found: list[Any]) -> Membership:
        return Membership(drilldown=found[1], cell=found[2])


def _field(word: str) -> str:
    kind, dot, path = str(word).partition(".")
    return kind + dot + (_unquoted(path) if path.startswith('"') else path)


def _value(word: Any) -> Any:
    kind = getattr(word, "type", "text")
    if kind == "NUMBER":
        whole = word.lstrip("-").isdigit()
        return str(word) if whole and len(word) > 16 else int(word) if whole else float(word)
    return word.lower() == "true" if kind in ("TRUE", "FALSE") else str(word)


def _unquoted(word: str) -> str:
    return re.sub(r'\\(["\\])', r"\1", word[1:-1])


# --- writing ---------------------------------------------------------------------------------------------------


def written(condition: "Condition") -> str:
    """A condition as `parse` reads it, with no more parentheses than it needs.

    >>> written(parse('(channel = "web") AND (value>=2.0 OR did "Order" within 30d at most 3 times)'))
    'channel = "web" and (value >= 2.0 or did "Order" at most 3 times within 30d)'
    """
    return _written(condition, 0)


def _written(condition: Any, place: int) -> str:
    """`place` 0: anywhere; 1: between `or`; 2: between `and`, or after `not`."""
    match condition:
        case AllOf(all=[one]) | AnyOf(any=[one]):
            return _written(one, place)
        case AnyOf(any=listed):
            text = " or ".join(_written(one, 1) for one in listed)
            return text if place == 0 else f"({text})"
        case AllOf(all=listed):
            text = " and ".join(_written(one, 2) for one in listed)
            return text if place < 2 else f"({text})"
        case Not(not_=one):
            return f"not {_written(one, 2)}"
        case FieldCondition():
            return _compared(condition)
        case _:
            return _told_of_person(condition)


def _told_of_person(condition: Any) -> str:
    match condition:
        case Behaviour():
            return _did(condition)
        case Membership(drilldown=token, cell=cell):
            return f"in drilldown {_quoted(token)} cell {_quoted(cell)}"
        case InSegment(segment=name, version=version):
            return f"in segment {_quoted(name)}" + (f" version {version}" if version else "")
    raise TypeError(type(condition))


def _compared(condition: FieldCondition) -> str:
    kind, dot, path = condition.field.partition(".")
    field = kind + dot + (path if PLAIN.fullmatch(path) or not dot else _quoted(path))
    if condition.op == "in":
        return f"{field} in ({', '.join(map(_shown, condition.given))})"
    return " ".join([field, condition.op, *map(_shown, condition.given)])


def _did(condition: Behaviour) -> str:
    least, most = condition.at_least, condition.at_most
    return " ".join(
        [
            f"did {_quoted(condition.did)}",
            *([f"where ({written(condition.where)})"] if condition.where is not None else []),
            *([f"at least {least} time{'s' * (least != 1)}"] if least != 1 else []),
            *([f"at most {most} time{'s' * (most != 1)}"] if most is not None else []),
            *([f"within {condition.within.replace(' ', '')}"] if condition.within is not None else []),
            *([f"after {_quoted(condition.after)}"] if condition.after is not None else []),
            *([f"before {_quoted(condition.before)}"] if condition.before is not None else []),
        ]
    )


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def told(segment: "Segment") -> str:
    """A segment as answers tell it: its name and version if it is saved, what is kept, and the condition in short."""
    name = "" if segment.name is None else segment.name + (f" ({segment.version})" if segment.version else "") + ": "
    condition = re.sub(r'(drilldown "[^"]{8})[^"]+"', r'\1…"', written(segment.where))
    return f"{name}{segment.of} where {condition}"
