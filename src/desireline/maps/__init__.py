"""Map documents: drawing them from measurements and exporting them. Knows nothing of the store."""
