"""Where coverage is searched for: one small adapter for each source."""
