"""Editing by people: which claims a report makes is theirs to say, and what they are labelled never is."""

from agent.verify.editing.editor import ClaimEditor, EditorDeps, EditOutcome

__all__ = ["ClaimEditor", "EditOutcome", "EditorDeps"]
