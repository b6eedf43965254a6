"""How a loop becomes a kernel: serial, without the interpreter lock, compiled at its first call and cached on disk."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """Compile a loop when it is first called; its Python types stay visible to the type checker."""
    return cast("Loop", njit(nogil=True, cache=True, error_model="numpy")(loop))
