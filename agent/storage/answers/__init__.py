"""The answer cache: what a model said once is not paid for twice, and survives the process that asked."""

from agent.storage.answers.interface import Answers, address_of
from agent.storage.answers.store import AnswerStore, open_answers

__all__ = ["AnswerStore", "Answers", "address_of", "open_answers"]
