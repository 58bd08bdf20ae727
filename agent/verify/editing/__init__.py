"""Editing by people: which claims a report makes is theirs to say, and what they are labelled never is."""

from agent.verify.editing.editor import ClaimEditor, EditorDeps, EditOutcome
from agent.verify.editing.planning import EditPlan, plan_edit
from agent.verify.editing.quoting import places_of

__all__ = ["ClaimEditor", "EditOutcome", "EditPlan", "EditorDeps", "places_of", "plan_edit"]
