"""A Matplotlib figure that a notebook shows without being told how."""

import io

from matplotlib.figure import Figure


class Picture(Figure):
    """A figure with a PNG of itself; Jupyter asks for that."""

    def _repr_png_(self) -> bytes:
        out = io.BytesIO()
        self.savefig(out, format="png", dpi=110)
        return out.getvalue()
