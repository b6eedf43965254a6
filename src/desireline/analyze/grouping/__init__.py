"""Groups of people by what they do: measured, kept only if they are stable, and named after what sets them apart."""
