"""The figures of reliability: one command, one JSON line each, from one seed."""
