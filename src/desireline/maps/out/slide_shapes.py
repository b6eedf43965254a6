"""Native shapes of a slide: text in boxes, cards, badges and Bézier outlines, all editable."""

import io
from collections.abc import Sequence
from functools import cache
from typing import Any, Final, Literal

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, MSO_TEXT_UNDERLINE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from desireline.maps.drawn import Command, Shape
from desireline.maps.out.slide_texts import LEADING, PAD_X, PAD_Y, Paragraph, Told
from desireline.maps.parts import Picture
from desireline.maps.pictures import fitting
from desireline.model.measurements import Grade

Colour = Literal[
    "paper", "ink", "ink-2", "ink-3", "rule", "plan", "path", "path-soft", "path-mid", "bad", "bad-mid", "bad-soft",
    "good", "good-soft", "ochre", "ochre-mid", "lane", "white",
]  # fmt: skip

COLOURS: Final[dict[str, str]] = {
    "paper": "FBFAF7", "ink": "1D2321", "ink-2": "515B57", "ink-3": "636C68", "rule": "E2DFD6", "plan": "7D8783",
    "path": "1F6F5C", "path-soft": "CFE3DB", "path-mid": "4B9682", "bad": "A83C27", "bad-mid": "C9705C",
    "bad-soft": "F6E4DE", "good": "2A6391", "good-soft": "E0EBF4", "ochre": "7F5A0E", "ochre-mid": "A8791A",
    "lane": "F3F1EA", "white": "FFFFFF",
}  # fmt: skip

FONT: Final = "Arial"
_SERIES: Final = ("path", "good", "bad-mid", "ink-2")
_LOOKS: Final[dict[str, Colour]] = {
    "faint": "ink-3", "typed": "ochre", "star": "ochre", "path": "path", "link": "good", "code": "ink-2",
    "quiet": "ink-2",
}  # fmt: skip


@cache
def rgb(colour: str) -> RGBColor:
    """A colour of the palette."""
    made: RGBColor = RGBColor.from_string(COLOURS[colour])  # type: ignore[no-untyped-call]
    return made


def flat(shape: Any) -> None:
    """No shadow, not even where a reader takes it from the theme that the shape's style names."""
    if hasattr(shape, "shadow"):
        shape.shadow.inherit = False
    for named in shape._element.xpath("./p:style/a:effectRef"):  # noqa: SLF001 python-pptx has no name for it
        named.set("idx", "0")


def paint(shape: Any, fill: str | None, line: str | None, weight: float = 0.75) -> None:
    """Fill and outline; None for neither."""
    if fill is None:
        shape.fill.background()
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    if line is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb = rgb(line)
        shape.line.width = Pt(weight)
    flat(shape)


def write_into(frame: Any, told: Told, colour: str = "ink", pad: tuple[float, float] = (PAD_X, PAD_Y)) -> None:
    """Paragraphs with exact line heights, so that a text is as high as it was measured to be."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = Pt(pad[0])
    frame.margin_top = frame.margin_bottom = Pt(pad[1])
    for k, paragraph in enumerate(told.paragraphs):
        _paragraph(frame.paragraphs[0] if k == 0 else frame.add_paragraph(), paragraph, colour)


def _paragraph(target: Any, paragraph: Paragraph, colour: str) -> None:
    target.line_spacing = Pt(paragraph.size * LEADING)
    target.space_before = target.space_after = Pt(0)
    target.alignment = None
    if paragraph.indent:
        target._p.get_or_add_pPr().set("marL", str(Pt(paragraph.indent)))  # noqa: SLF001 (it has no other door)
    for span in paragraph.spans:
        for k, part in enumerate(span.text.split("\n")):
            if k:
                target.add_line_break()
            if not part:
                continue
            run = target.add_run()
            run.text = part
            font = run.font
            font.name, font.size, font.bold, font.italic = FONT, Pt(span.size), span.bold, span.italic
            font.color.rgb = rgb(_LOOKS.get(span.look, colour))
            if span.look == "typed":
                font.underline = MSO_TEXT_UNDERLINE_TYPE.DOTTED_LINE
            if span.href:
                run.hyperlink.address = span.href


def text_box(
    shapes: Any, told: Told, x: float, y: float, w: float, h: float, colour: str = "ink", name: str = ""
) -> Any:
    """A text without a frame."""
    box = shapes.add_textbox(Pt(x), Pt(y), Pt(w), Pt(h))
    box.name = name or box.name
    write_into(box.text_frame, told, colour, (0, 0))
    return box


def card_box(
    shapes: Any, x: float, y: float, w: float, h: float, fill: str | None, line: str | None, dashed: bool
) -> Any:
    """A rounded rectangle."""
    box = shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, Pt(x), Pt(y), Pt(w), Pt(h))
    box.adjustments[0] = min(0.5, 4 / min(w, h))
    paint(box, fill, line)
    if dashed:
        box.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    return box


def bar(shapes: Any, x: float, y: float, w: float, part: float) -> None:
    """How many of all: the track is everyone."""
    for wide, colour in ((w, "path-soft"), (max(1.0, w * part), "path")):
        track = shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(x), Pt(y), Pt(wide), Pt(2))
        paint(track, colour, None)


def badge(shapes: Any, x: float, y: float, grade: Grade, d: float = 6) -> None:
    """Filled: measured. Half: some evidence. Dashed ring: assumed."""
    ring = shapes.add_shape(MSO_SHAPE.OVAL, Pt(x), Pt(y), Pt(d), Pt(d))
    ring.name = f"evidence: {grade}"
    if grade == "measured":
        paint(ring, "path", "path")
    elif grade == "some":
        paint(ring, "white", "ochre", 1)
        half = shapes.add_shape(MSO_SHAPE.FLOWCHART_DELAY, Pt(x), Pt(y), Pt(d / 2), Pt(d))
        half.rotation = 180
        half.name = ring.name
        paint(half, "ochre", None)
    else:
        paint(ring, None, "plan", 1)
        ring.line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT


def rule(shapes: Any, x1: float, y1: float, x2: float, y2: float, colour: str = "rule", weight: float = 0.5) -> Any:
    """A straight line."""
    line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(x1), Pt(y1), Pt(x2), Pt(y2))
    line.line.color.rgb = rgb(colour)
    line.line.width = Pt(weight)
    flat(line)
    return line


def described(group: Any, name: str, text: str) -> None:
    """Name and alternative text of a drawing."""
    group.name = name
    group._element.nvGrpSpPr.cNvPr.set("descr", text)  # noqa: SLF001 (it has no other door)


def picture(shapes: Any, shown: Picture, x: float, y: float, w: float, h: float) -> Any | None:
    """A picture with its alternative text; None if it cannot be read."""
    found = fitting(shown.data)
    if found is None:
        return None
    placed = shapes.add_picture(io.BytesIO(found[0]), Pt(x), Pt(y), Pt(w), Pt(h))
    placed._element.nvPicPr.cNvPr.set("descr", shown.alt)  # noqa: SLF001 (it has no other door)
    return placed


# --- outlines ----------------------------------------------------------------------------------------------


def outline(shapes: Any, shape: Shape, x: float, y: float, name: str = "") -> None:
    """A freeform of Bézier curves, drawn at (x, y)."""
    if shape.look in {"plan", "plan-covered"}:
        _dashes(shapes, shape, x, y)
        return
    points = [(v[i], v[i + 1]) for _, v in shape.commands for i in range(0, len(v), 2)]
    left, top = min(p[0] for p in points), min(p[1] for p in points)
    wide, high = max(max(p[0] for p in points) - left, 0.01), max(max(p[1] for p in points) - top, 0.01)
    builder = shapes.build_freeform(Pt(x + left), Pt(y + top))
    builder.add_line_segments([(Pt(x + left + wide), Pt(y + top)), (Pt(x + left + wide), Pt(y + top + high))])
    drawn = builder.convert_to_shape()
    drawn.name = name or shape.look
    _curves(drawn, shape.commands, left, top, wide, high)
    _dress(drawn, shape)


def _curves(drawn: Any, commands: Sequence[Command], left: float, top: float, wide: float, high: float) -> None:
    path = drawn._element.find(f".//{qn('a:path')}")  # noqa: SLF001 (curves have no other door)
    for child in list(path):
        path.remove(child)
    path.set("w", str(Pt(wide)))
    path.set("h", str(Pt(high)))
    kinds = {"M": "a:moveTo", "L": "a:lnTo", "C": "a:cubicBezTo", "Z": "a:close"}
    for kind, values in commands:
        step = etree.SubElement(path, qn(kinds[kind]))
        for i in range(0, len(values), 2):
            point = etree.SubElement(step, qn("a:pt"))
            point.set("x", str(Emu(Pt(values[i] - left))))
            point.set("y", str(Emu(Pt(values[i + 1] - top))))


def _dress(drawn: Any, shape: Shape) -> None:
    colour = _SERIES[shape.series % len(_SERIES)]
    match shape.look:
        case "walked":
            paint(drawn, "path", None)
        case "leaving":
            paint(drawn, "bad-mid", None)
            _see_through(drawn, 55)
        case "interval":
            paint(drawn, colour, None)
            _see_through(drawn, 25)
        case "line":
            paint(drawn, None, colour, 1.75)
        case "dot":
            paint(drawn, colour, None)
        case "ring":
            paint(drawn, None, colour, 1)
        case "square":
            paint(drawn, "white", colour, 1.25)
        case "diamond":
            paint(drawn, "white", "ochre-mid", 1.25)
            drawn.line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT
        case "star":
            paint(drawn, "ochre-mid", None)
        case _:
            paint(drawn, None, "rule", 0.5)


def _see_through(drawn: Any, per_cent: int) -> None:
    colour = drawn._element.spPr.find(qn("a:solidFill"))[0]  # noqa: SLF001 (it has no other door)
    etree.SubElement(colour, qn("a:alpha")).set("val", str(per_cent * 1000))


def _dashes(shapes: Any, shape: Shape, x: float, y: float) -> None:
    """Neighbouring dashes become one dashed line."""
    ends = [v for _, v in shape.commands]
    dash = ends[1][0] - ends[0][0]
    start = ends[0]
    for k in range(0, len(ends), 2):
        following = ends[k + 2] if k + 2 < len(ends) else None
        if following is None or following[0] - ends[k + 1][0] > 1.5 * dash:
            line = rule(shapes, x + start[0], y + start[1], x + ends[k + 1][0], y + ends[k + 1][1], weight=1)
            line.line.color.rgb = rgb("white" if shape.look == "plan-covered" else "plan")
            line.line.dash_style = MSO_LINE_DASH_STYLE.DASH
            line.name = "plan"
            start = following or start
