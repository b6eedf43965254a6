"""Sentiment of texts, learnt for each language from the organisation's own rated texts."""
