"""How long, how many calls, how many tokens, how much memory: `make bench`."""
