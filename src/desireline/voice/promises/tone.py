"""The tone of a text: how the reader is addressed, and words that press."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from desireline.model.promise import Extraction, MessageLanguage
from desireline.voice.promises.context import pattern

_FORMAL: Final[dict[MessageLanguage, re.Pattern[str]]] = {
    "en": pattern(
        "dear_sir dear_madam dear_customer dear_valued kindly$ please_be_advised yours_sincerely yours_faithfully "
        "we_regret we_would_like_to_inform"
    ),
    "pl": re.compile(
        r"\b(?:Pan(?:a|u|em|ów|om|ami)?|Pani(?:ą|om|ami)?|Państw(?:o|a|u|em)|Szanown\w+|(?:p|P)rosimy|(?:u|U)przejmie)\b"
    ),
    "hr": re.compile(
        r"\b(?:[Vv]as|[Vv]am|[Vv]ama|[Vv]aš\w*|Vi|[Pp]oštovan\w*|[Mm]olimo|(?:[Nn]aruč|[Kk]up|[Ii]skorist|[Pp]rover"
        r"|[Oo]dab[ea]r|[Pp]rijav|[Jj]av|[Uu]šted|[Pp]reuzm|[Dd]ođ|[Pp]ožur|[Pp]otraž|[Pp]osjet|[Pp]rovjer)ite"
        r"|[Pp]ogledajte|[Nn]azovite|[Kk]liknite|možete|želite|imate)\b"
    ),
}
_INFORMAL: Final[dict[MessageLanguage, re.Pattern[str]]] = {
    "en": pattern("hey$ hi_there gonna$ wanna$ awesome$ grab$ yay$ oops$ guys$ what's_up psst$"),
    "pl": re.compile(
        r"\b(?:ty|ciebie|cię|tobie|tobą|tw(?:ój|oja|oje|ojego|ojej|oją|oich|oim|oimi|emu|ojemu)|hej|cześć|sprawdź|zamów|"
        r"kup|kliknij|odbierz|zadzwoń|napisz|skorzystaj|zobacz|wybierz|pamiętaj|oszczędź|zwróć|masz|możesz|chcesz|"
        r"zapłacisz|dostaniesz|zyskasz|wróć)\b",
        re.IGNORECASE,
    ),
    "hr": re.compile(
        r"\b(?:ti|tebe|tebi|tobom|tvoj\w*|hej|bok|naruči|kupi|pogledaj|klikni|nazovi|iskoristi|uštedi|odaberi|javi|"
        r"provjeri|požuri|možeš|želiš|imaš)\b",
        re.IGNORECASE,
    ),
}
_PRESSING: Final[dict[MessageLanguage, re.Pattern[str]]] = {
    "en": pattern(
        "hurry last_chance today_only only_today limited_time while_stocks_last while_supplies_last don[’']t_miss "
        "ends_soon now_or_never act_now final_hours last_pieces only_a_few_left"
    ),
    "pl": pattern(
        "ostatnia_szansa tylko_dziś tylko_dzisiaj pospiesz_się spiesz_się śpiesz_się nie_przegap ostatnie_sztuki "
        "do_wyczerpania_zapasów ostatnie_godziny nie_czekaj kończy_się_już"
    ),
    "hr": pattern(
        "požuri zadnja_prilika posljednja_prilika zadnja_šansa samo_danas ne_propusti do_isteka_zaliha "
        "dok_traju_zalihe zadnji_komadi posljednji_sati"
    ),
}
_WORD: Final = re.compile(r"[^\W\d_]+")


def tone(text: str, language: MessageLanguage) -> Iterator[Extraction]:
    """Words that address the reader, formally or not, and words that press."""
    for value, words in (("formal", _FORMAL[language]), ("informal", _INFORMAL[language])):
        for match in words.finditer(text):
            yield _made("address", value, match)
    for match in _PRESSING[language].finditer(text):
        yield _made("urgency", "pressing", match)


def words_in(text: str) -> int:
    """How many words a text has.

    >>> words_in("Kup teraz, 20% taniej")
    3
    """
    return len(_WORD.findall(text))


def _made(kind: Literal["address", "urgency"], value: str, match: re.Match[str]) -> Extraction:
    return Extraction(kind=kind, unit="word", value=value, quote=match.group(), start=match.start(), end=match.end())
