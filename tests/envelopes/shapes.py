"""Messages of the shapes in which chat programs send files, in words of our own."""

BRIDGE = (
    "The Northbank bridge was closed to cars on Tuesday morning. Three of its pillars had cracks, engineers found. "
    "The repair costs four million crowns."
)
FERRY = "The ferry across the bay runs at night again since Monday, its captain said. A ticket costs two crowns."
JISR = "أُغلق جسر الضفة الشمالية أمام السيارات صباح الثلاثاء. وقال المهندسون إن في ثلاثة من أعمدته شقوقاً."


def source(text: str, name: str | None = "bridge.docx", number: int = 1) -> str:
    """An element of Open WebUI's context."""
    named = f' name="{name}"' if name else ""
    return f'<source id="{number}"{named}>{text}</source>'


def retrieval(*sources: str, said: str = "check this article") -> str:
    """A message of Open WebUI: its template around the files, and the words behind it."""
    inside = "\n".join(sources)
    return (
        "### Task:\nAnswer the question from the context, and name a source by its number, as in [1], only where the "
        '<source> tag has an id (<source id="1">).\n\n### Guidelines:\n- Say so when you do not know.\n'
        "- Use no XML tags in the answer.\n\n### Output:\nAn answer that is short and clear.\n\n"
        f"<context>\n{inside}\n</context>\n\n{said}"
    )


def fenced(*files: tuple[str, str], said: str = "check this article") -> str:
    """A message of LibreChat with the text of its files before the words."""
    inside = "\n\n---\n\n".join(f'# "{name}"\n{text}\n' for name, text in files)
    return f"Attached document(s):\n```md{inside}\n```\n{said}"
