"""Hazards of what follows a touchpoint, among journeys that are still on their way."""
