"""Topics of texts: grouped without labels, named by telling words, changed by hand."""
