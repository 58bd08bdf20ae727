"""The answer cache: what a model said once is not paid for twice, and survives the process that asked."""

from agent.answers.opening import open_answers
from agent.storage.answers.interface import Answers, address_of

__all__ = ["Answers", "address_of", "open_answers"]
