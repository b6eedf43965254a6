"""Files of a generation: written in runs, safely on disk, shared between generations."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

RUN = 2_000_000
"""Rows that are in memory at once while an array is written."""


def write_array(file: Path, dtype: npt.DTypeLike, length: int, rows: Callable[[int, int], npt.NDArray[Any]]) -> None:
    """Write a one-dimensional `.npy` file run by run.

    Args:
        file: where to; what is there is replaced at the end, never changed, for it may be shared.
        dtype: of the array.
        length: how many rows.
        rows: the rows [lo, hi).
    """
    draft = file.with_name(f".{file.name}")
    header = {"descr": np.lib.format.dtype_to_descr(np.dtype(dtype)), "fortran_order": False, "shape": (length,)}
    with draft.open("wb") as out:
        np.lib.format.write_array_header_1_0(out, header)
        for lo in range(0, length, RUN):
            out.write(np.ascontiguousarray(rows(lo, min(lo + RUN, length))).view(np.uint8).data)
    draft.replace(file)


def share(old: Path, new: Path, but: frozenset[str] = frozenset()) -> None:
    """The files of one folder in another one too, without their bytes where the disk can do that.

    Args:
        old: their folder; names that begin with a dot are unfinished and stay out.
        new: made if it is not there.
        but: names that stay out.
    """
    new.mkdir(exist_ok=True)
    for file in old.iterdir():
        if file.name.startswith(".") or file.name in but:
            continue
        if file.is_dir():
            share(file, new / file.name)
            continue
        try:
            (new / file.name).hardlink_to(file)
        except OSError:
            shutil.copyfile(file, new / file.name)


def sync(path: Path) -> None:
    """Return when the file or folder is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
