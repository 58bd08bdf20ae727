"""How good the analysts are, and what the built-in one is fitted on."""
