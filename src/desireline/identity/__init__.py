"""Who is who: from links between identifiers to persons."""
