"""Persona cards: documents that a team owns, and what is measured of the people they stand for."""
