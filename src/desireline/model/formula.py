"""What an opportunity is worth: a formula over named inputs, ready-made or one's own. Arithmetic and nothing else.

Inputs, as numbers or arrays of draws: `customer` and `business` value and `effort` (1 to 5), `ease` (6 - effort),
`impact` (.25 to 3), `confidence` (0 to 1), `reach` (people a month), `money` (a year), `satisfaction` (points of a
scale from 0 to 1), `cost`, `success` (the chance that a fix works), and of Kano's classes `better` and `worse`.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from desireline.errors import BadExpression

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

F64 = npt.NDArray[np.float64]

INPUTS = ("customer", "business", "effort", "ease", "impact", "confidence", "reach", "money", "satisfaction", "cost",
          "success", "better", "worse")  # fmt: skip

READY = {
    "balanced": "(customer + business) / 2 / effort",
    "rice": "reach * impact * confidence / effort",
    "ice": "impact * confidence * ease",
    "kano": "better - worse",
    "net": "money * confidence * success - cost",
}
"""By name. RICE as Intercom has it; ICE with impact and confidence on RICE's scales and ease from 1 to 5; Kano as the
sum of what doing it wins and what leaving it loses (Berger et al. 1993); net as expected money won less the cost."""

DEFAULT = "balanced"

LONGEST, DEEPEST = 300, 40

FUNCTIONS = {"min": np.minimum, "max": np.maximum}


class Formula:
    """A formula that was read.

    Attributes:
        text: as it was written.
        inputs: the names in it, in the order of `INPUTS`.
    """

    def __init__(self, text: str) -> None:
        """Reads a formula, or takes the ready-made one of that name.

        >>> Formula("(customer + 1) / max(effort, 2)").inputs, Formula("ice").text
        (['customer', 'effort'], 'impact * confidence * ease')

        Raises:
            BadExpression: it is none, or names what is no input.
        """
        self.text = READY.get(text.strip().lower(), text.strip())
        self._tree = _read(self.text)
        names = {str(node.children[0]) for node in self._tree.find_data("name")}
        self.inputs = [name for name in INPUTS if name in names]

    def __call__(self, given: Mapping[str, F64 | float]) -> F64:
        """The worth; NaN or infinite where it divides by 0."""
        with np.errstate(all="ignore"):
            return np.asarray(_worth(self._tree.children[0], given), np.float64)


def _read(text: str) -> "Tree[Token]":
    from lark import UnexpectedInput

    if len(text) > LONGEST or _depth(text) > DEEPEST:
        raise BadExpression(near=text[:30], position=0, expected=[f"≤ {LONGEST}"])
    try:
        tree: Tree[Token] = _parser().parse(text)
    except UnexpectedInput as error:
        ended = getattr(getattr(error, "token", None), "type", "") == "$END"
        at = len(text) if ended else error.pos_in_stream or 0
        raise _bad(text, at, [*INPUTS]) from None
    for node in tree.find_data("name"):
        _known(text, node.children[0], INPUTS)
    for node in tree.find_data("call"):
        _known(text, node.children[0], tuple(FUNCTIONS))
    return tree


def _depth(text: str) -> int:
    """Parentheses and signs in a row: what makes a tree deep."""
    return max(text.count("("), text.count("-"))


def _known(text: str, name: Any, known: tuple[str, ...]) -> None:
    if str(name) not in known:
        raise _bad(text, name.start_pos, known)


def _bad(text: str, at: int, expected: Any) -> BadExpression:
    return BadExpression(
        near=f"{text[max(0, at - 15) : at]}▸{text[at : at + 15]}", position=at, expected=list(expected)
    )


def _worth(node: Any, given: Mapping[str, F64 | float]) -> Any:
    parts = node.children
    if node.data == "number":
        return float(parts[0])
    if node.data == "name":
        return given[str(parts[0])]
    if node.data == "call":
        worths = [_worth(part, given) for part in parts[1:]]
        found = worths[0]
        for one in worths[1:]:
            found = FUNCTIONS[str(parts[0])](found, one)
        return found
    worths = [np.asarray(_worth(part, given), np.float64) for part in parts]
    return -worths[0] if node.data == "neg" else _OPERATORS[node.data](*worths)


_OPERATORS: dict[str, Any] = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide}


@cache
def _parser() -> "Lark":
    from lark import Lark

    return Lark(files("desireline").joinpath("model", "formula.lark").read_text(encoding="utf-8"), parser="lalr")
