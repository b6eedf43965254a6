"""Values and documents that all layers share."""
