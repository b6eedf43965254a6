"""People and journeys with a known truth, which what is found is held against."""
