"""Tests in a real Chromium, against the real server over real workspaces."""
