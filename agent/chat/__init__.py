"""The conversation of a fact-checker with Isnad: threads of turns, each answered from stored reports and coverage.

Doors see `Chats`; a LangGraph graph of its own is behind it. Importing this package loads no engine.
"""

from agent.chat.protocol import Chats
from agent.chat.records import (
    Answer,
    Answered,
    Asking,
    ChatEvent,
    Citation,
    Heard,
    Message,
    Progress,
    Question,
    Statement,
    ThreadCard,
    Transcript,
    TurnFailed,
    UnknownThread,
)

__all__ = [
    "Answer",
    "Answered",
    "Asking",
    "ChatEvent",
    "Chats",
    "Citation",
    "Heard",
    "Message",
    "Progress",
    "Question",
    "Statement",
    "ThreadCard",
    "Transcript",
    "TurnFailed",
    "UnknownThread",
]
