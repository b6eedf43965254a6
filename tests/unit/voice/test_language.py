"""Languages of short and long feedback, and of what is none."""

import pytest

from desireline.voice.language import language, languages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The parcel came two days late and the box was open.", "en"),
        ("Paczka przyszła dwa dni za późno, a karton był otwarty.", "pl"),
        ("Paket je stigao dva dana kasnije, a kutija je bila otvorena.", "hr"),
        ("Пакет је стигао касно и кутија је била отворена", "hr"),
        ("Das Paket kam zwei Tage zu spät und war offen.", "other"),
        ("Le colis est arrivé en retard et il était ouvert.", "other"),
        ("Balík přišel o dva dny později a krabice byla otevřená.", "other"),
        ("👍👍🎉", "other"),
        ("", "other"),
        ("10/10 !!", "other"),
    ],
)
def test_a_text_by_itself(text, expected):
    assert language(text) == expected


def test_what_few_words_leave_open_is_told_by_the_texts_around_them():
    polish = ["Paczka przyszła za późno.", "Obsługa była bardzo miła i pomocna."] * 20
    croatian = ["Paket je stigao prekasno.", "Osoblje je bilo vrlo ljubazno i susretljivo."] * 20
    assert languages([*polish, "super", "dobra"])[-2:] == ["pl", "pl"]
    assert languages([*croatian, "super", "dobra"])[-2:] == ["hr", "hr"]


def test_what_the_source_says_is_believed():
    assert languages(["Where is my parcel?"] * 4, ["pl-PL", "de", "n/a", None]) == ["pl", "other", "en", "en"]
