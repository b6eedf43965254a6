"""Which events are clicks, errors, contacts, searches and so on: by words in names and channels, in three languages.

Words are looked for at the beginnings of words, without regard to case, accents and signs; one that ends with a blank
is a whole word. A request may name the events itself instead.
"""

import re
import unicodedata
from typing import Literal, NamedTuple

Role = Literal["clicks", "dead", "errors", "contacts", "searches", "nothing", "help_pages", "promises", "answers"]
"""What an event can be to a detector; `dead` clicks and searches that found `nothing` are marked so by their names."""


class Words(NamedTuple):
    """An event has a role if its name has one of `names`, or its channel one of `channels`, and no name of `but`."""

    names: tuple[str, ...]
    channels: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


_PROMISED = (
    "promis", "will call", "callback promised", "announced ", "obiec", "zapowied", "obecan", "obeca", "najavljen",
)  # fmt: skip
_ANSWERED = (
    "sent ", "deliver", "reply ", "replied", "replies", "answer", "called back", "call back", "callback", "resolved",
    "closed", "outbound", "agent ", "shipped", "dispatched", "follow up", "wysla", "dostarcz", "dorecz", "odpowied",
    "odpowiad", "oddzwon", "rozwiaz", "zamkni", "poslan", "isporuc", "dostavlj", "odgovor", "uzvracen", "rijesen",
    "zatvoren", "wychodzac", "odlazn",
)  # fmt: skip
_SHUT_OUT = ("support page", "faq", "help page", "help cent", "help article", "error", "failed")

WORDS: dict[Role, Words] = {
    "clicks": Words(
        ("click", "tap ", "tapped", "pressed", "button", "submit", "klik", "przycisk", "gumb", "dodir", "stisn"),
    ),
    "dead": Words(("dead click", "martwe klik", "mrtvi klik", "mrtav klik")),
    "errors": Words(
        (
            "error", "fail", "declin", "denied", "crash", "timed out", "timeout", "blad ", "bledy ", "bledu ", "bledn",
            "niepowodz", "nieuda", "odmow", "odrzuc", "awari", "gresk", "pogresk", "neuspje", "odbij", "nedostup",
        ),
    ),
    "contacts": Words(
        (
            "contact", "call ", "called ", "calls ", "phone", "chat", "complain", "complaint", "enquir", "inquir",
            "question", "ticket open", "ticket creat", "ticket raised", "open ticket", "helpdesk", "help desk",
            "ask support", "support", "social message",
            "kontakt", "telefon", "zadzwon", "dzwon", "rozmow", "czat", "reklamac", "zglosz",
            "zapyta", "pytani", "skarg", "poziv", "nazva", "razgovor", "upit", "prigovor", "prituzb", "pitanj",
        ),
        (
            "phone", "call", "chat", "helpdesk", "help desk", "support", "ticket", "hotline", "inbound", "messenger",
            "whatsapp", "telefon", "infolini", "czat", "podrsk", "pomoc tech",
        ),
        (*_PROMISED, *_ANSWERED, *_SHUT_OUT),
    ),
    "searches": Words(
        ("search", "szuka", "wyszuk", "pretraz", "pretrag", "trazi"),
        but=("ad ", "ads ", "paid", "organic", "engine", "campaign"),
    ),
    "nothing": Words(
        (
            "no result", "no search result", "zero result", "0 result", "without result", "nothing found", "brak wynik",
            "bez wynik",
            "nic nie znalez", "nema rezultat", "bez rezultat", "nista nije prona",
        ),
    ),
    "help_pages": Words(
        (
            "faq", "help page", "help cent", "help article", "knowledge base", "self service", "pomoc", "baza wiedzy",
            "czesto zadawan", "czeste pytan", "cesta pitanj", "cesto postavljan", "baza znanja",
        ),
        but=("pomoc tech", *_ANSWERED),
    ),
    "promises": Words(_PROMISED),
    "answers": Words(_ANSWERED, ("outbound", "wychodzac", "odlazn"), _PROMISED),
}  # fmt: skip

_PLAIN = str.maketrans({"ł": "l", "đ": "d"})


def plain(text: str) -> str:
    """A text as words are looked for in it.

    >>> plain("Błąd_płatności: 3-D Secure")
    ' blad platnosci 3 d secure '
    """
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return f" {re.sub(r'[^a-z0-9]+', ' ', letters).strip()} "


def has(role: Role, names: tuple[str | None, ...], channel: str | None) -> bool:
    """Whether an event of these names and this channel has a role.

    >>> has("contacts", ("Order status",), "Call centre"), has("errors", ("Płatność odrzucona",), None)
    (True, True)
    """
    words, texts = WORDS[role], [plain(n) for n in names if n]
    if any(_any(words.but, text) for text in texts):
        return False
    return any(_any(words.names, text) for text in texts) or (
        channel is not None and _any(words.channels, plain(channel))
    )


def _any(stems: tuple[str, ...], text: str) -> bool:
    return any(f" {stem}" in text for stem in stems)
