"""A report as a PDF: pages of A4 in landscape, journey maps among them with their text."""

import datetime as dt
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import typst

from desireline.maps.out.typeset import compiled, fonts, templates
from desireline.maps.prose import breakable
from desireline.maps.report.content import Content, Section

_MAP_FILE: Final = "map-{place}.pdf"


def write(content: Content, made: dt.datetime) -> bytes:
    """The report.

    Args:
        content: what it shows.
        made: when its figures were measured.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in templates().glob("*.typ"):
            shutil.copy(file, folder)
        given = {**_plain(content), "sections": [_section(folder, k, one) for k, one in enumerate(content.sections)]}
        pages = typst.compile(
            folder / "report.typ", root=folder, font_paths=fonts(json.dumps(given, ensure_ascii=False)), format="pdf",
            sys_inputs={"report": json.dumps(given, ensure_ascii=False)}, timestamp=int(made.timestamp()),
        )  # fmt: skip
    return pages[0] if isinstance(pages, list) else pages


def _plain(content: Content) -> dict[str, Any]:
    return {
        "title": breakable(content.title), "description": breakable(content.description), "lines": content.lines,
        "language": content.language, "footer": content.footer, "words": content.words,
    }  # fmt: skip


def _section(folder: Path, place: int, section: Section) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": breakable(section.title), "note": breakable(section.note), "empty": breakable(section.empty),
        "text": [breakable(one) for one in section.text], "cards": [asdict(one) for one in section.cards],
        "entries": [asdict(one) for one in section.entries], "map": None,
    }  # fmt: skip
    if section.map is not None:
        file = folder / _MAP_FILE.format(place=place)
        file.write_bytes(compiled(section.map, "A4", "pdf")[0])
        told["map"] = {"file": file.name, "pages": len(compiled(section.map, "A4", "svg"))}
    return told
