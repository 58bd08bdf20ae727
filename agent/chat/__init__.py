"""The conversation of a fact-checker with Isnad: threads of turns, each answered from stored reports and coverage.

Doors see `Chats`; a LangGraph graph of its own is behind it. Importing this package loads no engine.
"""

from agent.chat.protocol import Chats
from agent.chat.records import (
    AnswerGiven,
    AnswerStatement,
    Asking,
    ChatAnswer,
    ChatEvent,
    Citation,
    Message,
    MessageUnderstood,
    Progress,
    Question,
    ThreadSummary,
    Transcript,
    TurnFailed,
    UnknownThread,
)

__all__ = [
    "AnswerGiven",
    "AnswerStatement",
    "Asking",
    "ChatAnswer",
    "ChatEvent",
    "Chats",
    "Citation",
    "Message",
    "MessageUnderstood",
    "Progress",
    "Question",
    "ThreadSummary",
    "Transcript",
    "TurnFailed",
    "UnknownThread",
]
