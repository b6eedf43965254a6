"""The parts of the funnel question; `analyze.funnel` answers it."""
