"""Verifying: the steps of a run, what their answers are worth as evidence, and the label that the evidence earns."""
