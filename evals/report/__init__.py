"""Runs held beside others: gates, comparisons, lines over time."""
