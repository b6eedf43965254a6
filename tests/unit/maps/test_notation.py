"""How text files write lanes and cards, and what people of three languages write for them."""

import pytest

from desireline.maps.cells import joined, split
from desireline.maps.lane_names import guessed, lane_of
from desireline.maps.notation import parsed, written
from desireline.model.journey_map import Card


class TestLaneNames:
    @pytest.mark.parametrize(
        ("kind", "labels"),
        [
            ("actions", ["Actions", "User actions", "What they do", "Działania", "Czynności", "Radnje"]),
            ("touchpoints", ["Touchpoints", "Touch points", "Punkty styku", "Kanały", "Dodirne točke", "Kanali"]),
            ("thoughts", ["Thinking", "Quotes", "Myśli", "Cytaty klientów", "Misli", "Citati"]),
            ("emotion", ["Emotions", "Feelings", "Mood", "Odczucia", "Emocje", "Nastrój", "Osjećaji", "Raspoloženje"]),
            ("pain_points", ["Pain points", "Frustrations", "Ból", "Bolączki", "Problemy", "Bolne točke", "Prepreke"]),
            ("opportunities", ["Opportunities", "Ideas", "Szanse", "Pomysły", "Usprawnienia", "Prilike"]),
            ("metrics", ["KPIs", "Metrics", "Wskaźniki", "Mierniki", "Pokazatelji"]),
            ("backstage", ["Backstage", "Behind the scenes", "Proces za kulisami", "Zaplecze", "Proces iza kulisa"]),
            ("systems", ["Systems", "Technology", "Narzędzia", "Sustavi", "Alati"]),
            ("departments", ["Owner", "Teams", "Działy", "Zespół", "Odjeli", "Tim"]),
            ("hand_offs", ["Handoffs", "Hand-over", "Przekazania", "Primopredaje"]),
            ("questions", ["Open questions", "Pytania", "Pitanja"]),
            ("self_service", ["Self-service", "FAQ", "Samoobsługa", "Samoposluživanje"]),
            ("images", ["Storyboard", "Screenshots", "Zdjęcia", "Slike"]),
        ],
    )  # fmt: skip
    def test_a_name_speaks_of_its_kind(self, kind, labels):
        assert {label: guessed(label) for label in labels} == dict.fromkeys(labels, kind)

    def test_names_of_the_program_need_no_title(self):
        assert lane_of("Bolne točke") == ("pain_points", None, None)
        assert lane_of("Punkty styku: sklep (miasto)") == ("touchpoints", None, "sklep (miasto)")
        assert lane_of("Nasze (wszystkie) sprawy (Teksty) (Tekst)") == (
            "text",
            "Nasze (wszystkie) sprawy (Teksty)",
            None,
        )
        assert lane_of("") == ("text", None, None)


class TestCells:
    @pytest.mark.parametrize(
        "texts",
        [["a"], ["a", "b"], ["a\nb", "c"], ["- a", "b"], ["★ - a", "b - c"], ["a\n\n- b\n- c"], ["1. a"], ["a 2) b"],
         ["• a\n  • b"], ["▸ 5"], ["'=a"], ["*a*", "– b"]],
    )  # fmt: skip
    def test_cards_come_back(self, texts):
        assert split(joined([(text, "") for text in texts])) == (texts, 0)

    def test_figures_do_not(self):
        assert split(joined([("a", "5 people"), ("b\nc", "6 %"), ("", "7")])) == (["a", "b\nc"], 3)

    @pytest.mark.parametrize(
        ("cell", "texts"),
        [("one\r\ntwo", ["one", "two"]), ("- a\n- b", ["a", "b"]), ("1. a\n2) b", ["a", "b"]),
         ("• a\n• b\n  c", ["a", "b\nc"]), (" \n", [])],
    )  # fmt: skip
    def test_lines_and_bullets_of_other_tools_are_cards(self, cell, texts):
        assert split(cell)[0] == texts


class TestNotation:
    @pytest.mark.parametrize(
        ("kind", "text", "fields"),
        [
            ("metrics", "NPS: 42", {"text": "NPS", "value": 42, "unit": None}),
            ("metrics", "Zwroty: 1 250,5 zł", {"text": "Zwroty", "value": 1250.5, "unit": "zł"}),
            ("metrics", "CSAT: −0.5", {"text": "CSAT", "value": -0.5, "unit": None}),
            ("metrics", "Share: 12%", {"text": "Share", "value": 12, "unit": "%"}),
            ("metrics", "People: 1,250", {"text": "People: 1,250"}),  # a thousand or one and a quarter: nobody knows
            ("metrics", "Ratio 3:1", {"text": "Ratio 3:1"}),
            ("emotion", "-1,5", {"value": -1.5, "text": ""}),
            ("emotion", "★ +2 saved", {"star": True, "value": 2, "text": "saved"}),
            ("emotion", "angry", {"text": "angry"}),
            ("touchpoints", "Shop — the one in town", {"name": "Shop", "text": "the one in town"}),
            ("text", "see <https://a.b/c?d=1>", {"text": "see", "url": "https://a.b/c?d=1"}),
            ("text", "a <b>", {"text": "a <b>"}),
            ("hand_offs", "web→shop", {"hand_off": {"from": "web", "to": "shop", "asked_twice": ""}, "text": ""}),
            ("actions", "NPS: 42", {"text": "NPS: 42"}),
        ],
    )  # fmt: skip
    def test_what_people_write(self, kind, text, fields):
        assert parsed(text, kind) == fields

    def test_an_image_is_its_description(self):
        image = {"sha256": "0" * 64, "alt": "A door", "width": 1, "height": 1}
        assert written(Card.model_validate({"id": "a", "image": image}), "images", "") == "A door"
