"""A text as it is read: mended, folded for comparing, cut into sentences; places lead back to the text as given."""

from agent.text.folding import FoldedText, fold, normalise, visible
from agent.text.mending import Mended, Repair, mend
from agent.text.restoring import Restored, damage_of, restore
from agent.text.sentences import sentences

__all__ = [
    "FoldedText",
    "Mended",
    "Repair",
    "Restored",
    "damage_of",
    "fold",
    "mend",
    "normalise",
    "restore",
    "sentences",
    "visible",
]
