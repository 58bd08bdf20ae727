"""Evaluations: they import `agent`, never the reverse."""
