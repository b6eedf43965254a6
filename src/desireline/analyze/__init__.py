"""Questions over journeys: one file each, with its request, its answer and the people behind it."""
