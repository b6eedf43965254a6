"""Counts of KPIs out of the journey store."""
