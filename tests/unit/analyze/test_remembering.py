"""What was found in a scope is found once, and goes with the scope."""

import gc
import threading
import weakref

from desireline.analyze import remembering
from desireline.analyze.remembering import remembered
from tests.planted.friction import World, planted, scope_of


def test_found_once_until_others_push_it_out():
    scope = scope_of(planted(1, World(people=5)))
    made: list[int] = []
    for key in [0, 0, *range(remembering.MOST), remembering.MOST, 0]:
        remembered(scope, key, lambda key=key: made.append(key))
    assert made == [*range(remembering.MOST), remembering.MOST, 0]


def test_two_who_ask_at_once_get_the_same():
    scope = scope_of(planted(1, World(people=5)))
    asked, answers = threading.Barrier(2), []

    def ask() -> None:
        asked.wait()
        answers.append(remembered(scope, "key", object))

    both = [threading.Thread(target=ask) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert answers[0] is answers[1]


def test_it_goes_with_its_scope():
    scope = scope_of(planted(1, World(people=5)))
    kept = weakref.ref(remembered(scope, "key", type("Found", (), {})))
    assert kept() is not None
    del scope
    gc.collect()
    assert kept() is None
