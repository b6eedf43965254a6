"""Markdown as data: emphasis, links and lists become runs; nothing in a text is markup of a file."""

import pytest

from desireline.maps.prose import Block, Run, blocks, breakable, escaped, plain, printable


def test_emphasis_links_code_and_lists():
    found = blocks("**Back** and _forth_ `x` [docs](https://example.org/a)\n\n1. one\n2. two\n   - in **two**")
    assert found == [
        Block(
            (
                Run("Back", bold=True), Run(" and "), Run("forth", italic=True), Run(" "), Run("x", code=True),
                Run(" "), Run("docs", href="https://example.org/a"),
            )
        ),
        Block((Run("one"),), "1.", 1),
        Block((Run("two"),), "2.", 1),
        Block((Run("in "), Run("two", bold=True)), "•", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# not a heading", "# not a heading"),
        ("<b>bold</b> & <script>", "<b>bold</b> & <script>"),
        ("one\ntwo\n\nthree", "one two three"),
        ("![alt](https://example.org/x.png)", "!alt"),
        ("3. from three\n4. on", "3. from three 4. on"),
        ("---", "---"),
        ("", ""),
    ],
)
def test_words(text, words):
    assert plain(text) == words


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org"])
def test_only_web_addresses_lead_somewhere(href):
    assert all(run.href is None for block in blocks(f"[a]({href})") for run in block.runs)


def test_line_breaks_are_kept():
    assert blocks("a\\\nb") == [Block((Run("a\nb"),))]


def test_control_characters_are_spaces():
    assert printable("a\x00b\x1b\ud800c\u2028d\tx\n") == "a b  c d\tx\n"


@pytest.mark.parametrize("name", ["*a* _b_ `c`", "1. x", "- x", "> x", "[a](b)", "a\\", "&amp;", "<a@b.c>", "~~x~~"])
def test_escaped_names_say_themselves(name):
    assert plain(escaped(name)) == name
    assert all(not (r.bold or r.italic or r.code or r.href) for b in blocks(escaped(name)) for r in b.runs)


def test_long_words_may_break():
    assert max(map(len, breakable("x" * 100).split("\u200b"))) <= 20
    assert breakable("short words only") == "short words only"
