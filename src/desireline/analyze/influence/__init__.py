"""Three answers to what a small step means for a goal: it predicts, it goes with a hazard, it may have influence."""
