"""Evaluations run through Inspect, and what is kept of them."""
