"""A form that asks every kind of question, for tests."""

from typing import Any

QUESTIONS: list[dict[str, Any]] = [
    {"id": "nps", "kind": "nps", "required": True,
     "text": {"en": "Would you recommend us?", "pl": "Czy nas polecisz?", "hr": "Biste li nas preporučili?"}},
    {"id": "csat", "kind": "csat_5", "text": {"en": "Delivery?", "pl": "Dostawa?", "hr": "Dostava?"}},
    {"id": "effort", "kind": "ces2_7", "text": {"en": "Easy?", "pl": "Łatwo?", "hr": "Lako?"}},
    {"id": "stars", "kind": "stars_5", "text": {"en": "Packaging", "pl": "Opakowanie", "hr": "Pakiranje"}},
    {"id": "courier", "kind": "thumbs", "text": {"en": "Courier", "pl": "Kurier", "hr": "Dostavljač"}},
    {"id": "where", "kind": "choice", "text": {"en": "Where?", "pl": "Gdzie?", "hr": "Gdje?"},
     "choices": [{"id": "door", "text": {"en": "My door", "pl": "Do drzwi", "hr": "Na vrata"}},
                 {"id": "locker", "text": {"en": "A locker", "pl": "Paczkomat", "hr": "Paketomat"}}]},
    {"id": "comment", "kind": "text", "text": {"en": "Anything else?", "pl": "Coś jeszcze?", "hr": "Još nešto?"}},
]  # fmt: skip

FORM: dict[str, Any] = {
    "name": "After delivery",
    "touchpoint": "Delivery",
    "channel": "email",
    "questions": QUESTIONS,
    "thanks": {"en": "We read all of it.", "pl": "Czytamy wszystko.", "hr": "Čitamo sve."},
    "least_seconds": 0,
}

ANY_TIME: dict[str, Any] = {"quiet_from": None, "quiet_until": None, "most": None}
"""A rule that refuses nobody."""


def token_of(path: str) -> str:
    """The secret in the link of an invitation."""
    return path.partition("i=")[2].partition("&")[0]
