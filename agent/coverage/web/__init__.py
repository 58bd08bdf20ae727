"""Coverage taken from the web: addresses are visited, listings followed, and what was found is kept."""
