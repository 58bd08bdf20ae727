"""What chat programs ask models for on their own: titles, tags, follow-ups, queries. Nobody has said it."""

import re

# A template of Open WebUI, with what tells what it is for: the conversation, a text to go on with, or a form of JSON.
_TASK = "### Task:"
_HISTORY = re.compile(r"^(?:<chat_history>|### Chat History:)", re.MULTILINE)
_GOES_ON = re.compile(r"^<(?:type|text)>|^### (?:Input|Context):\s*\n\s*<", re.MULTILINE)
_FORM = re.compile(r"^(?:### Output:\s*\n\s*)?JSON format:", re.MULTILINE)
_FILES = re.compile(r"^<context>\s*$", re.MULTILINE)
# Its other tasks, older versions of it, and what LibreChat asks for, by how they begin.
_BEGINNINGS = re.compile(
    r"(?:Create|Provide|Generate|Write) a (?:very |short |brief )?(?:concise|short|brief)[\w ,-]{0,60}"
    r"\b(?:title|phrase|header|summary of the conversation)\b"
    r"|(?:Please )?generate a (?:concise |short )?title\b"
    r"|Analyze this conversation and provide:"
    r"|Your task is to reflect the speaker's likely facial expression"
    r"|You have been provided with a set of responses from various models",
    re.IGNORECASE,
)
_CONVERSATION = re.compile(
    r"^\s*(?:\|\|>|<conversation>|Conversation:|Query:|Prompt:|User:|Message:)", re.MULTILINE | re.IGNORECASE
)
_HEAD = 400


def is_errand(message: str) -> bool:
    """Whether a program speaks for itself. What is a template with files in it is not: there somebody asks."""
    text = message.strip()
    if text.startswith(_TASK):
        found = [one.start() for sign in (_HISTORY, _GOES_ON, _FORM) if (one := sign.search(text))]
        files = _FILES.search(text)
        return bool(found) and (files is None or min(found) < files.start())
    return bool(_BEGINNINGS.match(text[:_HEAD])) and bool(_CONVERSATION.search(text))
