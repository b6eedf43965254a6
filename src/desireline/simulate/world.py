"""The invented household-goods retailer: its stages, touchpoints, kinds of customers and journeys.

Everything here is made up. A person at risk moves from touchpoint to touchpoint until the goal is reached or nothing
follows; where to is said by stages, by chains that kinds of journeys follow, and by a few edges of their own.
"""

from typing import Final, NamedTuple

import numpy as np

from desireline.simulate.arrays import F64, I64, Bools

GOAL: Final = "Order"
STAGES: Final = ("awareness", "consideration", "purchase", "post-purchase", "loyalty")
PERSONAS: Final = ("researcher", "bargain hunter", "store regular", "app enthusiast")
TYPES: Final = ("quick", "comparing", "showroom", "on the phone")
REGIONS: Final = ("north", "south", "east", "west", "centre")
LANGUAGES: Final = ("en", "pl", "hr")
VALUE_CLASSES: Final = ("low", "middle", "high")


class Place(NamedTuple):
    """A touchpoint: its channel, stage, weight within the stage, and how intent draws people to it."""

    name: str
    channel: str
    stage: int
    weight: float
    pull: int = 0  # 1 drawn by intent, -1 repelled by it


_AWARENESS: Final = (
    ("Social post", "social", 1.0), ("Search ad", "ads", 1.2), ("Catalogue", "post", 0.8),
    ("Newsletter", "email", 1.0), ("Blog article", "web", 0.8), ("Marketplace listing", "marketplace", 0.8),
    ("Shop window", "store", 0.6),
)  # fmt: skip
_CONSIDERATION: Final = (
    ("Home page", "web", 1.0), ("Category page", "web", 1.2), ("Search", "web", 2.0), ("No search results", "web", 0.0),
    ("Product page", "web", 1.3), ("Reviews", "web", 0.9), ("App home", "app", 0.9), ("App product", "app", 1.2),
    ("Store visit", "store", 1.0), ("Showroom advice", "store", 0.7),
    ("Sample taken", "store", 0.5), ("App search", "app", 0.6), ("Marketplace product", "marketplace", 0.9),
    ("FAQ article", "web", 0.5, -1), ("Price alert", "email", 0.5, -1), ("Sale banner", "web", 0.5, -1),
    ("Room plan saved", "app", 0.35), ("Video watched", "web", 0.35, 1), ("Newsletter signup", "email", 0.35, 1),
    ("Wish list", "app", 0.35, 1), ("Comparison list", "web", 0.35, 1), ("Store finder", "web", 0.35, 1),
    ("Link shared", "social", 0.35), ("Size guide", "web", 0.35), ("Leaflet scanned", "store", 0.35),
)  # fmt: skip
_PURCHASE: Final = (
    ("Basket", "web", 1.2), ("App basket", "app", 1.1), ("Checkout", "web", 1.1), ("Account registration", "web", 1.2),
    ("Delivery choice", "web", 1.2), ("Voucher entry", "web", 0.7), ("Payment", "web", 1.6),
    ("Payment error", "web", 0.0), ("App checkout", "app", 1.0), ("Store queue", "store", 1.2),
    ("Store reservation", "store", 0.7),
    ("Order desk", "store", 0.6), ("App voucher", "app", 0.5), ("Marketplace basket", "marketplace", 0.8),
    ("Call centre", "phone", 0.0), ("Live chat", "chat", 0.0), ("Support e-mail", "email", 0.0),
    ("Social message", "social", 0.0), ("Callback promised", "phone", 0.0), ("Callback", "phone", 0.0),
    ("Click", "web", 0.0), ("Error message", "web", 0.0),
    (GOAL, "web", 0.0),
)  # fmt: skip
_AFTER: Final = (
    ("Order confirmation", "email", 1.2), ("Delivery notice", "app", 1.0), ("Parcel delivered", "post", 1.2),
    ("Collected in store", "store", 0.7), ("Assembly instructions", "web", 0.8),
    ("Order question by phone", "phone", 0.4), ("Order question by chat", "chat", 0.4), ("Return", "store", 0.4),
)  # fmt: skip
_LOYALTY: Final = (
    ("Satisfaction survey", "email", 1.2), ("Review written", "web", 0.8), ("Recommendation", "social", 0.6),
    ("Loyalty card", "store", 0.8), ("Member offer", "email", 0.8), ("Repeat order", "web", 0.3),
)  # fmt: skip

PLACES: Final = tuple(
    Place(name=row[0], channel=row[1], stage=stage, weight=row[2], pull=row[3] if len(row) > 3 else 0)
    for stage, rows in enumerate((_AWARENESS, _CONSIDERATION, _PURCHASE, _AFTER, _LOYALTY))
    for row in rows
)
NAMES: Final = tuple(p.name for p in PLACES)
INDEX: Final = {name: k for k, name in enumerate(NAMES)}
CHANNEL: Final = tuple(p.channel for p in PLACES)
STAGE: Final[I64] = np.array([p.stage for p in PLACES])
WEIGHT: Final[F64] = np.array([p.weight for p in PLACES])
PULL: Final[F64] = np.array([p.pull for p in PLACES], float)

FRICTIONS: Final = ("Search", "Account registration", "Delivery choice", "Store queue")
HELP: Final = ("Call centre", "Live chat", "Support e-mail", "Social message", "Callback promised", "Callback")
CONTACTS: Final = HELP[:4]
DECOYS: Final = tuple(p.name for p in PLACES if p.pull)
CAUSAL: Final = "Room plan saved"
CONFOUNDED: Final = tuple(p.name for p in PLACES if p.pull > 0)
INDIFFERENT: Final = ("Link shared", "Size guide", "Leaflet scanned")

AFTER_GOAL: Final[Bools] = (STAGE > 2) | (np.arange(len(PLACES)) == INDEX[GOAL])
"""bool[touchpoints]: the goal and what comes behind it; nobody there is at risk any more."""

STAGE_TO_STAGE: Final[F64] = np.array([
    [0.22, 0.73, 0.05, 0.00, 0.00],
    [0.02, 0.58, 0.40, 0.00, 0.00],
    [0.00, 0.07, 0.93, 0.00, 0.00],
    [0.00, 0.00, 0.00, 0.62, 0.38],
    [0.00, 0.00, 0.00, 0.02, 0.98],
])  # fmt: skip
FIRST_STAGE: Final[F64] = np.array([0.78, 0.22, 0.0, 0.0, 0.0])

CHAINS: Final = {
    "quick": (
        ("Search ad", "Marketplace product", "Marketplace basket", "Account registration", "Voucher entry", "Payment",
         "Marketplace basket"),
    ),
    "comparing": (
        ("Blog article", "Category page", "Search", "Reviews", "Product page", "Home page", "Category page"),
        ("Basket", "Delivery choice", "Checkout", "Basket"),
    ),
    "showroom": (
        ("Catalogue", "Store visit", "Showroom advice", "Sample taken", "Store visit"),
        ("Store reservation", "Order desk", "Store queue", "Store reservation"),
    ),
    "on the phone": (
        ("Social post", "App home", "App search", "App product", "App home"),
        ("App basket", "App voucher", "App checkout", "App basket"),
    ),
}  # fmt: skip
"""Which touchpoint a kind of journey likes to go to next."""

EDGES: Final = {
    "Search": {"No search results": 0.15},
    "Payment": {"Payment error": 0.12},
    "Payment error": {"Payment": 0.5},
    "Call centre": {"Callback promised": 0.15},
    "Callback promised": {"Callback": 0.6},
    "Delivery choice": {"Basket": 0.22, "Click": 0.1},
    "Account registration": {"Click": 0.1},
    "Click": {"Click": 0.5, "Error message": 0.12},
    "Basket": {"Delivery choice": 0.18},
    GOAL: {"Order confirmation": 0.65, "Delivery notice": 0.2, "Collected in store": 0.15},
}
"""Edges of their own with their share, whatever the kind of customer."""

CONTACT_SHARE: Final = 0.02
REPEAT_SHARE: Final = 0.18
UNANSWERED_SHARE: Final = 0.25
UNANSWERED: Final = "No search results"
"""How often a contact is next: the same after every touchpoint, and more often after a contact or no answer."""

CLICK: Final = "Click"
DRIFTING: Final = ("Category page", "Reviews")
LOOPING: Final = "App basket"
COLLAPSING: Final = "Payment"

CHANNELS: Final = ("web", "app", "store", "phone", "chat", "email", "post", "marketplace", "social", "ads")
LIKING: Final[F64] = np.array([
    # web   app  store phone  chat email  post market social ads
    [1.2, -0.8, -0.6, 0.0, 0.0, 0.6, 0.3, -0.8, -0.4, 0.2],
    [0.0, -0.4, -1.0, -0.6, 0.4, 0.9, -0.4, 1.8, 0.2, 0.5],
    [-0.8, -0.8, 1.6, 1.0, -0.8, -0.4, 0.9, -0.8, -0.8, -0.4],
    [-0.5, 1.8, -0.6, -0.8, 1.0, -0.4, -0.8, -0.6, 0.9, 0.0],
])  # fmt: skip
"""Log-odds of channels by persona, at separation 1."""

PACE: Final[F64] = np.array([1.9, 0.8, 1.1, 0.35])
"""How long personas wait between visits, relative to all."""

WITHIN: Final[F64] = np.array([-0.1, 0.12, -0.2, 0.15])
"""How much more often than two times in three personas go on within a visit, at separation 1."""

ORDER_VALUE: Final[F64] = np.array([120.0, 45.0, 210.0, 80.0])
PERSONA_SHARES: Final[F64] = np.array([0.30, 0.25, 0.25, 0.20])
TYPE_SHARES: Final[F64] = np.array([
    [0.04, 0.90, 0.04, 0.02],
    [0.88, 0.05, 0.02, 0.05],
    [0.03, 0.04, 0.92, 0.01],
    [0.05, 0.03, 0.02, 0.90],
])  # fmt: skip


def indices(names: tuple[str, ...]) -> I64:
    """Numbers of touchpoints."""
    return np.array([INDEX[name] for name in names])
