"""Cards of a map as HTML. Every text is escaped where it is written."""

from html import escape
from itertools import groupby

from desireline.i18n import translate
from desireline.maps.drawn import Shape
from desireline.maps.marks import spark
from desireline.maps.pages import Slot
from desireline.maps.parts import Item, Picture
from desireline.maps.pictures import data_uri
from desireline.maps.prose import Block, Run, blocks
from desireline.model.measurements import Grade


def card(slot: Slot, language: str) -> str:
    """A card in its cell."""
    item = slot.item
    parts = [
        _image(item.image) if item.image else "",
        _name(item, language),
        prose(item.text),
        f'<span class="bar" aria-hidden="true"><i style="width:{item.part:.1%}"></i></span>'
        if item.kind == "touchpoints" and item.part is not None
        else "",
        _ground(item, language),
        _ratings(item, language),
    ]
    return f'<div class="card {item.kind}">{"".join(parts)}</div>'


def evidence(language: str, grade: Grade | None) -> str:
    """The badge, and its meaning for those who do not see it."""
    if grade is None:
        return ""
    told = escape(translate(language, f"map.evidence.{grade}"))
    return f'<span class="evidence {grade}" title="{told}"></span><span class="hidden">{told}</span>'


def path(shape: Shape) -> str:
    """An outline as an SVG path."""
    d = " ".join(" ".join((kind, *(f"{v:.1f}".removesuffix(".0") for v in values))) for kind, values in shape.commands)
    return f'<path class="{shape.look} s{shape.series % 4}" d="{d}"/>'


def prose(text: str) -> str:
    """Markdown as HTML of our own making: paragraphs and lists, each word escaped."""
    found = []
    for kind, group in groupby(blocks(text), lambda b: "" if not b.mark else "ul" if b.mark == "•" else "ol"):
        inner = [_block(block) for block in group]
        if kind == "":
            found += [f"<p>{b}</p>" for b in inner]
        else:
            found.append(f"<{kind}>{''.join(f'<li>{b}</li>' for b in inner)}</{kind}>")
    return "".join(found)


def _block(block: Block) -> str:
    return "".join(_run(run) for run in block.runs)


def _run(run: Run) -> str:
    told = escape(run.text).replace("\n", "<br>")
    for tag, wanted in (("code", run.code), ("em", run.italic), ("strong", run.bold)):
        told = f"<{tag}>{told}</{tag}>" if wanted else told
    return _link(run.href, told) if run.href else told


def _link(href: str, told: str) -> str:
    return f'<a href="{escape(href)}" rel="noopener noreferrer nofollow">{told}</a>'


def _name(item: Item, language: str) -> str:
    if not item.name:
        return ""
    channel = f" <small>{escape(item.channel)}</small>" if item.channel else ""
    return f'<p class="name">{escape(item.name)}{_star(item, language)}{channel}</p>'


def _star(item: Item, language: str) -> str:
    """A moment of truth."""
    told = escape(translate(language, "map.star"))
    return f' <span class="star" role="img" aria-label="{told}" title="{told}">★</span>' if item.star else ""


def _ground(item: Item, language: str) -> str:
    """Badge, figure, change, typed value and small print."""
    parts = [_star(item, language)] if item.star and not item.name else []
    if item.hidden:
        parts.append(f'<span class="gap">{escape(translate(language, "map.hidden.figure"))}</span>')
    if item.question and item.measured:
        parts.append(f"<span>{escape(item.question)}</span>")
    if item.measured:
        parts.append(f"<strong>{escape(item.measured)}</strong>")
    if item.trend:
        tone = "" if item.trend.good is None else " good" if item.trend.good else " bad"
        changed = "changed" + tone if item.trend.changed else "unchanged"
        parts.append(f'<span class="{changed}">{"▲" if item.trend.up else "▼"} {escape(item.trend.text)}</span>')
    if item.value:
        typed = escape(translate(language, "map.typed"))
        parts.append(f'<span class="typed" title="{typed}">{escape(item.value)}</span>')
    if len([v for v in item.spark if v is not None]) > 1:
        parts.append(_spark(item))
    parts += [f"<span>{escape(told)}</span>" for told in (*item.remarks, *(f"#{tag}" for tag in item.tags))]
    if item.url:
        parts.append(_link(item.url, escape(item.url)))
    badge = evidence(language, item.grade)
    return f'<div class="ground">{badge}{"".join(parts)}</div>' if badge or parts else ""


def _spark(item: Item) -> str:
    runs = ["M" + " L".join(f"{x * 62 + 1:.1f} {y * 12 + 1:.1f}" for x, y in run) for run in spark(item.spark)]
    return (
        '<svg class="sparkline" width="64" height="14" aria-hidden="true">'
        f'<path class="spark" d="{" ".join(runs)}"/></svg>'
    )


def _ratings(item: Item, language: str) -> str:
    typed, measured = translate(language, "map.typed"), translate(language, "map.measured")
    rows = [
        f'<dt>{escape(r.label)}</dt><dd class="{"typed" if r.typed else "measured"}" '
        f'title="{escape(typed if r.typed else measured)}">{escape(r.shown)}/5</dd>'
        for r in item.ratings
    ]
    return f'<dl class="ratings">{"".join(rows)}</dl>' if rows else ""


def _image(picture: Picture) -> str:
    uri = data_uri(picture.data)
    if uri is None:
        return f"<p><small>{escape(picture.alt)}</small></p>" if picture.alt else ""
    return f'<img src="{uri}" alt="{escape(picture.alt)}" width="{picture.width}" height="{picture.height}">'
