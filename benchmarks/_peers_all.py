"""Other engines with everything that they can be asked, whichever file its form is in."""

import _peers
import _peers_credit
import _peers_periods

_PARTS = {name: (getattr(_peers_periods, name), getattr(_peers_credit, name)) for name in ("DuckDB", "Polars", "ChDB")}


def installed() -> dict[str, type]:
    """The engines that can be asked here, by name."""
    whole = [type(peer.__name__, _PARTS[peer.__name__], {}) for peer in _peers.installed()]
    return {peer.name: peer for peer in [*whole, *_peers_credit.installed()]}
