"""Where things are kept: the lake, the journey store, the records."""
