"""The answer cache: what a model said once is not paid for twice, and survives the process that asked."""

from agent.storage.answers.interface import AnswerCache, address_of
from agent.storage.answers.store import AnswerStore, open_answers

__all__ = ["AnswerCache", "AnswerStore", "address_of", "open_answers"]
