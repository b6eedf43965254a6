"""KPIs of a workspace."""
