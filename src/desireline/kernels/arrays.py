"""Arrays in the one form that every kernel is compiled for: plain, contiguous, read-only."""

from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

Number = TypeVar("Number", bound=np.generic)

I8 = npt.NDArray[np.int8]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
U32 = npt.NDArray[np.uint32]
Bools = npt.NDArray[np.bool_]


def frozen(array: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """A read-only view of the array, without copying if it is contiguous.

    Memory-mapped arrays are read-only and Numba compiles another signature for those, so all arguments are made so.
    A view of a memory map is a plain array here: Numba looks those up faster.

    >>> frozen(np.arange(3)).flags.writeable
    False
    """
    view: npt.NDArray[Any] = np.ascontiguousarray(array).view(np.ndarray)
    view = view[:]
    view.flags.writeable = False
    return cast("npt.NDArray[Number]", view)
