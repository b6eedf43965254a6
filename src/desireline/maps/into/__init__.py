"""Maps from files."""
