"""Drill-down tokens: a question, written so that it can be asked again for the people in one of its cells."""

import base64
import binascii
import json
import zlib

from desireline.errors import BadDrilldown
from desireline.model.question import Asked


def token(question: str, asked: Asked) -> str:
    """A URL-safe text that holds the question; it carries no data and no secret.

    >>> question_of(token("funnel", Asked(grain="case")))
    ('funnel', {'grain': 'case'})
    """
    body = json.dumps([question, asked.model_dump(mode="json", exclude_defaults=True)], separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(body.encode(), 9)).decode().rstrip("=")


def question_of(text: str) -> tuple[str, dict[str, object]]:
    """The question's name and its request, as `token` wrote them.

    Raises:
        BadDrilldown: the text is no token.
    """
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        engine = zlib.decompressobj()
        question, asked = json.loads(engine.decompress(packed, 100_000))
    except (ValueError, binascii.Error, zlib.error):
        raise BadDrilldown(given=text[:40]) from None
    if not isinstance(question, str) or not isinstance(asked, dict):
        raise BadDrilldown(given=text[:40])
    return question, asked
