"""What features are made of: no markup, no rants, the same words once."""

from desireline.voice.texts import LONGEST, read, readable


def test_markup_and_scripts_say_nothing():
    raw = "<script>steal('x')</script><b>Slow</b> &amp; rude<!-- hidden --><style>p{}</style>, 3 < 5 <3"
    assert readable(raw) == "Slow & rude , 3 < 5 <3"


def test_an_unclosed_script_hides_the_rest_only():
    assert readable("Fine. <script>alert(1)") == "Fine."


def test_texts_that_say_the_same_are_one():
    found = read(["Too slow!", None, "too  SLOW", "👍", "", "Nice", "x" * 50_000])
    assert found.words == ["Too slow!", "Nice", "x" * LONGEST]
    assert found.of.tolist() == [0, -1, 0, -1, -1, 1, 2]
    assert (found.empty, found.repeated, found.cut) == (3, 1, 1)
