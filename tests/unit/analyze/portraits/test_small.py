"""What is shown of a distribution does not give back what is hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.analyze.portraits.small import hidden_of_parts, tells

COUNTS = st.lists(st.integers(0, 80), min_size=1, max_size=8)


class TestHiddenOfParts:
    @pytest.mark.parametrize(
        ("counts", "of", "exclusive", "hidden"),
        [
            ([60, 40], 100, True, [None, None]),
            ([60, 31, 9], 100, True, [None, "would_tell", "few_people"]),  # 100 - 60 - 31 would be the 9
            ([60, 20, 15, 5], 100, True, [None, None, "few_people", "few_people"]),  # 15 + 5 = 20 hide each other
            ([60, 21, 15, 4], 100, True, [None, "would_tell", "few_people", "few_people"]),
            ([95], 100, True, ["would_tell"]),  # the 5 without a value
            ([60, 40, 0], 100, True, [None, None, None]),  # nobody can be found in a zero
            ([60, 31, 9], 100, False, [None, None, "few_people"]),
            ([95, 30], 100, False, ["would_tell", None]),
        ],
    )
    def test_worked_out_by_hand(self, counts, of, exclusive, hidden):
        # of four parts 21 + 15 + 4 = 40 are hidden at first 15 + 4 = 19 < 20, so the next smallest goes too
        assert hidden_of_parts(counts, of, 20, exclusive=exclusive) == hidden

    @given(COUNTS, st.integers(0, 60), st.integers(2, 30))
    def test_what_is_left_of_the_total_is_nobody_or_enough(self, counts, without, threshold):
        of = sum(counts) + without
        hidden = hidden_of_parts(counts, of, threshold, exclusive=True)
        shown = [n for n, why in zip(counts, hidden, strict=True) if why is None]
        rest = of - sum(shown)
        assert rest == 0 or rest >= threshold or not any(shown)
        assert all(n == 0 or n >= threshold for n in shown)

    @given(COUNTS, st.integers(2, 30))
    def test_of_parts_that_overlap_no_share_tells_of_few(self, counts, threshold):
        of = max(counts) + 10
        hidden = hidden_of_parts(counts, of, threshold, exclusive=False)
        assert [why is not None for why in hidden] == [tells(n, of, threshold) for n in counts]
