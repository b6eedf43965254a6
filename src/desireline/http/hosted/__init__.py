"""The pages that customers answer forms on: plain HTML, written here, that works without a script."""
