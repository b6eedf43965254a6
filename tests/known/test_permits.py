"""Known answers of the CoSeLoG receipt phase (doi:10.4121/uuid:a07386a5-7be3-4367-9535-70bc9e77dbe6)."""

import pytest

from desireline.service.workspace import Workspace


def test_size(permits: Workspace) -> None:
    status = permits.status()
    assert (status.events, status.people) == (8_577, 1_434)
    assert len(permits.dimensions().event_names) == 27
    assert permits.variants(by_event_name=True).distinct == 116


def test_cases_and_hours_by_channel(permits: Workspace) -> None:
    found = permits.durations("@first", "@last", by="channel", grain="case", by_event_name=True)
    hours = {g.name: (g.n, g.median_seconds / 3600) for g in found.groups}
    assert {name: n for name, (n, _) in hours.items()} == {
        "Internet": 1_250, "Desk": 109, "Post": 53, "e-mail": 21, "Intern": 1,
    }  # fmt: skip
    medians = [hours[name][1] for name in ("Internet", "Desk", "Post", "e-mail", "Intern")]
    assert medians == pytest.approx([0.524, 18.755, 97.363, 0.579, 23.260], abs=0.0006)
    assert sum(g.n for g in found.groups) == found.n == 1_434
