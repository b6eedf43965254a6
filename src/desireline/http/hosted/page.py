"""A form as HTML. Every text of the team and of customers is escaped where it is put in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlencode

from desireline.i18n import LANGUAGES, translate
from desireline.model.form import COMMENT_LIMIT, TAKEN, Form, FormQuestion
from desireline.service.forms.answering import HONEYPOT
from desireline.service.forms.feedback import FIELD

HINT = "hint"


@dataclass(frozen=True)
class Shown:
    """What a page of a form is made of.

    Attributes:
        language: en, pl or hr.
        token: of the invitation, as it stands in the link.
        embedded: whether it stands in a frame of another page.
        page: its own token.
        given: what was typed in before, by field.
        problem: why that was not taken.
    """

    form: Form
    language: str
    token: str | None = None
    embedded: bool = False
    page: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None

    def text(self, key: str, **params: object) -> str:
        """A text of the page's own, escaped."""
        return escape(translate(self.language, f"form.{key}", **params))

    def address(self, language: str | None = None) -> str:
        """Of this page in a language, escaped for an attribute."""
        parts = {"i": self.token, "lang": language or self.language, "embed": "1" if self.embedded else None}
        return escape(f"/f/{self.form.key}?" + urlencode({k: v for k, v in parts.items() if v}))


def asking(shown: Shown) -> str:
    """The page with the questions."""
    form, lang = shown.form, shown.language
    intro = form.intro.said(lang)
    problem = f'<p class="problem" role="alert" id="problem" tabindex="-1">{escape(shown.problem or "")}</p>'
    body = (
        _languages(shown),
        f"<h1>{escape(form.title.said(lang) or form.name)}</h1>",
        f'<p class="intro">{escape(intro)}</p>' if intro else "",
        problem if shown.problem else "",
        f'<form method="post" novalidate action="{shown.address()}">',
        *(_question(shown, question) for question in form.questions),
        f'<p class="apart" aria-hidden="true"><label>{shown.text("empty")}',
        f'<input name="{HONEYPOT}" tabindex="-1" autocomplete="off"></label></p>',
        f'<input type="hidden" name="page" value="{escape(shown.page)}">',
        '<input type="hidden" name="browser" value="">',
        f'<p class="buttons"><button type="submit">{shown.text("send")}</button>',
        '<button type="submit" name="decline" value="1" class="decline" formnovalidate>',
        f"{shown.text('decline')}</button></p>",
        "</form>",
        f'<p class="small">{shown.text("invited" if shown.token else "nameless")}</p>',
    )
    again = f"{translate(lang, 'form.again')}: " if shown.problem else ""
    return _document(shown, again + (form.title.said(lang) or form.name), "\n".join(body))


def thanking(shown: Shown, *, declined: bool = False) -> str:
    """The page after an answer."""
    said = translate(shown.language, "form.declined") if declined else shown.form.thanks.said(shown.language)
    told = said or translate(shown.language, "form.thanks")
    return _document(shown, told, f'<h1 class="thanks">{escape(told)}</h1>')


def refusing(language: str, title: str, sentence: str, key: str) -> str:
    """A friendly page for whoever cannot answer a form."""
    body = f"<h1>{escape(title)}</h1>\n<p>{escape(sentence)}</p>"
    return _html(language, title, key, body, "")


def _document(shown: Shown, title: str, body: str) -> str:
    return _html(shown.language, title, shown.form.key, body, ' class="embedded"' if shown.embedded else "")


def _html(language: str, title: str, key: str, body: str, attributes: str) -> str:
    return f"""<!doctype html>
<html lang="{language}"{attributes}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<link rel="stylesheet" href="/f/{key}/form.css">
<script src="/f/{key}/form.js" defer></script>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _languages(shown: Shown) -> str:
    """Links to the page in the languages that the form speaks."""
    spoken = [one for one in LANGUAGES if all(getattr(question.text, one) for question in shown.form.questions)]
    if len(spoken) < 2:
        return ""
    names = {"en": "English", "pl": "Polski", "hr": "Hrvatski"}
    now = 'aria-current="true"'
    links = (
        f'<a href="{shown.address(one)}" lang="{one}" hreflang="{one}" {now if one == shown.language else ""}>'
        f"{names[one]}</a>"
        for one in spoken
    )
    return f'<nav class="languages" aria-label="{shown.text("languages")}">{" ".join(links)}</nav>'


def _question(shown: Shown, question: FormQuestion) -> str:
    asked = escape(question.text.said(shown.language))
    if not question.required:
        asked += f' <span class="optional">{shown.text("optional")}</span>'
    if question.kind == "text":
        return _comment(shown, question, asked)
    ends = _ends(shown, question) if question.kind in {"nps", "csat_5", "ces2_7"} else ""
    steps = "".join(_step(shown, question, *one) for one in _answers(shown, question))
    return (
        f'<fieldset class="{question.kind}"><legend>{asked}</legend>'
        f'<div class="steps">{steps}</div>{ends}</fieldset>'
    )  # fmt: skip


def _comment(shown: Shown, question: FormQuestion, asked: str) -> str:
    name = escape(FIELD + question.id)
    given = escape(shown.given.get(FIELD + question.id, ""))
    needed = " required" if question.required else ""
    return (
        f'<div class="text"><label for="{name}">{asked}</label>'
        f'<textarea id="{name}" name="{name}" rows="4" data-limit="{COMMENT_LIMIT}"'
        f' aria-describedby="{name}.{HINT}"{needed}>\n{given}</textarea>'
        f'<p class="hint" id="{name}.{HINT}">{shown.text("limit", limit=COMMENT_LIMIT)}</p>'
        f'<p class="hint" role="status" hidden data-says="{shown.text("left")}"></p></div>'
    )


def _answers(shown: Shown, question: FormQuestion) -> Iterable[tuple[str, str, str | None]]:
    """Value, shown text and spoken text of each answer, in the order of the page."""
    if question.kind == "choice":
        return [(one.id, one.text.said(shown.language), None) for one in question.choices]
    scale = TAKEN[question.kind]
    if question.kind == "thumbs":
        return [(str(n), translate(shown.language, f"form.thumbs.{n}"), None) for n in reversed(scale)]
    if question.kind == "stars_5":
        return [(str(n), f"{n} ★", translate(shown.language, "form.star", n=n)) for n in scale]
    words = {0: "low", len(scale) - 1: "high"}
    return [
        (str(n), str(n), _spoken(shown, question, n, words[at]) if at in words else None) for at, n in enumerate(scale)
    ]


def _spoken(shown: Shown, question: FormQuestion, n: int, end: str) -> str:
    return f"{n}, {translate(shown.language, f'form.{question.kind}.{end}')}"


def _step(shown: Shown, question: FormQuestion, value: str, text: str, spoken: str | None) -> str:
    name = FIELD + question.id
    checked = " checked" if shown.given.get(name) == value else ""
    label = f' aria-label="{escape(spoken)}"' if spoken else ""
    needed = " required" if question.required else ""
    return (
        f'<label><input type="radio" name="{escape(name)}" value="{escape(value)}"{checked}{label}{needed}>'
        f"<span>{escape(text)}</span></label>"
    )


def _ends(shown: Shown, question: FormQuestion) -> str:
    low, high = (shown.text(f"{question.kind}.{end}") for end in ("low", "high"))
    return f'<div class="ends" aria-hidden="true"><span>{low}</span><span>{high}</span></div>'
