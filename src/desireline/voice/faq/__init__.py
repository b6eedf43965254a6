"""Questions that an article could answer: ranked, forecast, covered by what there is, and drafted out of answers."""
