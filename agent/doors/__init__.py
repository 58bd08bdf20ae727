"""Doors: thin ways in. Each parses, calls the one `Verifier`, and renders."""
