"""Whether what a page shows is in its language: nothing of ours in English, nothing that no catalogue holds."""

import json
import re
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Final

from playwright.sync_api import Page

from tests.browser import probes, shops
from tests.conftest import ROOT

CATALOGUES: Final = (ROOT / "web" / "src" / "i18n", ROOT / "src" / "desireline" / "locales")
FEW_LETTERS: Final = 4

NAMES: Final = "|".join(name for step in shops.STEPS for name in step[:2])
HEADER: Final = "|".join(shops.HEADER)
CONDITION: Final = r'(people where )?channel = "telefon"'
DATA: Final = (
    rf"(\d+\. )?({NAMES})( \(\d+\))?|{CONDITION}"
    rf"|p\d+|customer_id.*|{shops.SOURCE}.*|{shops.MAP}|sklepy.*|({HEADER})(:.*)?|Żół.*|„prosz.*"
    r"|.*\(fikcyjni\)|Kupują.*|Ulubiony.*|touchpoint = .*"
)
"""What the workspace holds."""
DATES: Final = r"this minute|\W*\d.*|.*\b(\d+ )?(Jan|Feb|Mar|Apr)\w* \d{4}.*|\w+day"
FORMATS: Final = "EN|PLN|JSON|PDF|SVG|PNG|CSV|Europe/Warsaw|English|Polski|Hrvatski|Polish"


def sentences(language: str) -> dict[str, list[str]]:
    """All texts of a language by key, every plural form on its own."""
    found: dict[str, list[str]] = {}
    for folder in CATALOGUES:
        for key, text in json.loads((folder / f"{language}.json").read_text(encoding="utf-8")).items():
            found[key] = [text] if isinstance(text, str) else list(text.values())
    return found


@cache
def english(language: str) -> Callable[[str], bool]:
    """Whether a text is one of the English ones that are others in the language."""
    theirs = sentences(language)
    known = set(chain.from_iterable(theirs.values()))
    ours = {text for texts in sentences("en").values() for text in texts} - known
    letters = {text: re.sub(r"\{\w+\}|[^A-Za-z]", "", text) for text in ours}
    wanted = {text for text in ours if len(letters[text]) >= FEW_LETTERS}
    filled = [re.escape(text).replace(r"\{n\}", r"[\d.,\s]+") for text in wanted if "{" in text]
    patterns = [re.compile(re.sub(r"\\\{\w+\\\}", ".+?", text)) for text in filled]
    return cache(lambda text: text in wanted or any(pattern.fullmatch(text) for pattern in patterns))


def left_in_english(page: Page, language: str) -> list[str]:
    """English texts of ours on a page that speaks another language."""
    said = probes.texts(page)
    parts = {part for text in said for part in (text, *text.split(" · "))}
    return [part for part in parts if english(language)(part) and not re.fullmatch(FORMATS, part)]


def told_by(page: Page) -> set[str]:
    """Texts of templates, verdicts, bets and kinds of KPIs, which the server tells in English."""
    texts = set()
    for template in page.request.get("/api/templates?lang=en").json():
        texts |= {template["name"], template["description"], " → ".join(template["stages"])}
    for kind in page.request.get("/api/kpis/kinds", headers={"Accept-Language": "en"}).json():
        texts |= {
            kind["name"],
            kind["family_name"],
            kind["formula"],
            *(f"{before}{one['meaning']}" for one in kind["counts"] for before in ("", ", ")),
        }
    for action in page.request.get("/api/actions", headers={"Accept-Language": "en"}).json():
        texts |= {*action["told"].values(), *action["not_checked"]}
    texts |= set(page.request.get("/api/actions/bets", headers={"Accept-Language": "en"}).json()["told"])
    judged = (one["result"] for one in page.request.get("/api/before-after?lang=en").json())
    return texts | {result["sentence"] for result in judged if result}


def forgotten(page: Page, held: set[str]) -> list[str]:
    """Words without the brackets of the test language that are no data and not `held` by the server."""
    plain = [text for text in probes.texts(page) if "[" not in text and "]" not in text]
    words = [text for text in plain if re.search(r"[A-Za-z]{3}", text) and text not in held]
    return [text for text in words if not all(_known(part) for part in re.split(r", | · | → | and | \+ ", text))]


def _known(part: str) -> bool:
    """Data, or a number, date or name as it is written in every language."""
    bare = part.strip(" ,.–“”")
    return not bare or bool(re.fullmatch(f"{DATA}|{DATES}|{FORMATS}", bare))
