"""Prompts as text: one file per model call, loaded by `agent.prompts`."""
