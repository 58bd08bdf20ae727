"""Files that a chat program puts into a message for a model, each within a template of its own.

A text can look like any of these, also a pasted one. So what is found is data: which file, and which words around it.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from agent.models import Frozen

_TAG = r'(?:[ \t]+[\w:-]+=(?:"[^"\n]*"|\'[^\'\n]*\'))*[ \t]*'
_NAME = re.compile(r"""(?:^|\s)(?:name|filename|file_name|title|path)=(?:"([^"\n]*)"|'([^'\n]*)')""")
_ID = re.compile(r"""(?:^|\s)id=(?:"([^"\n]*)"|'([^'\n]*)')""")
# Open WebUI: <context> on a line, a <source> for each file or piece of one, </context>; the words behind or before.
_CONTEXT = re.compile(r"^[ \t]*<context>[ \t]*$", re.MULTILINE)
_CONTEXT_END = re.compile(r"^[ \t]*</context>[ \t]*$", re.MULTILINE)
_SOURCE = re.compile(rf"^[ \t]*<source({_TAG})>", re.MULTILINE)
_TEMPLATES = re.compile(r"### Task:|Use the following context as your learned knowledge", re.IGNORECASE)
_OLD_FOOTER = "\nWhen answer to user:", "\nQuery:"
_QUERY = re.compile(r"^[ \t]*</?(?:user_query|userRequest|user_request)>[ \t]*", re.MULTILINE)
# LibreChat: a fence that begins with the first file, and a line of dashes between two.
_FENCED = re.compile(r'^Attached document\(s\):[ \t]*\n```\w*[ \t]*\n?(?=# ")', re.MULTILINE)
_FENCE = re.compile(r"^```[ \t]*$", re.MULTILINE)
_FENCED_NAME = re.compile(r'(?:\A|\n---\n\n)# "([^"\n]*)"[ \t]*\n')
# LibreChat with its search: each file with what was found in it.
_SEARCHED = re.compile(r"^The user has attached (?:a|\d+) files? to the conversation:", re.MULTILINE)
_FILE = re.compile(r"<filename>([^<\n]*)</filename>\s*<context>")
_ITEM = re.compile(r"<contextItem>\s*<!\[CDATA\[")
_FOOTER_LINE = re.compile(r"(?:Use the context as your|In your response, remember|- (?:If you|Avoid mentioning))")
# LobeChat's comments around its list; blocks of files in tags, as many programs have them.
_REMARK = re.compile(r"^<!-- SYSTEM CONTEXT.*?-->[ \t]*\n|^<!-- END SYSTEM CONTEXT -->[ \t]*$", re.MULTILINE)
_INSTRUCTION = "<context.instruction>", "</context.instruction>"
_BLOCK = re.compile(
    r"^[ \t]*<(files_info|files|documents|attached_files|attached_documents|attachments|uploaded_files)>[ \t]*$",
    re.MULTILINE,
)
_ENTRY = re.compile(rf"^[ \t]*<(file|document|attachment)({_TAG})>", re.MULTILINE)
_INNER_NAME = re.compile(r"^\s*<(source|filename|file_name|name|title)>([^<\n]*)</\1>\s*")
_INNER_TEXT = re.compile(r"\A\s*<(document_contents?|content|text)>(.*)</\1>\s*\Z", re.DOTALL)
# Chatbox: a block for each file behind the words.
_BOXED = re.compile(
    r"^<ATTACHMENT_FILE>[ \t]*\n(?:<FILE_INDEX>[^<\n]*</FILE_INDEX>[ \t]*\n)?"
    r"<FILE_NAME>(?P<name>[^<\n]*)</FILE_NAME>[ \t]*\n"
    r"(?:<FILE_[A-Z]+>[^<\n]*</FILE_[A-Z]+>[ \t]*\n)*<FILE_CONTENT>[ \t]*\n",
    re.MULTILINE,
)
_BOXED_END = "</FILE_CONTENT>", "</ATTACHMENT_FILE>"
# AnythingLLM, and Jan, which names files and sends none of their words.
_NUMBERED = re.compile(r"^\[CONTEXT (\d+)\]:[ \t]*\n", re.MULTILINE)
_METADATA = re.compile(r"\A\s*<document_metadata>(.*?)</document_metadata>\s*", re.DOTALL)
_SOURCE_NAME = re.compile(r"^sourceDocument:[ \t]*(.+)$", re.MULTILINE)
_NAMED_ONLY = "[ATTACHED_FILES]\n", "[/ATTACHED_FILES]"
_LISTED_NAME = re.compile(r"\bname: ([^,\n]+)")
_MOST_FILES = 200


class Attached(Frozen):
    """A file as a program sent it. More than one piece: it was cut, and pieces may be missing or in another order.
    No text: the program sends the name alone."""

    name: str | None = None
    text: str = ""
    pieces: int = 1

    @property
    def is_cut(self) -> bool:
        """Whether it is plain to see that something is missing: pieces, or a beginning in the midst of a sentence."""
        return self.pieces > 1 or self.text[:1].islower() or self.text.startswith((",", ";", ")", "…", "،"))


class Opened(Frozen):
    """A message taken apart: the words of whoever wrote it, and the files that came around or beside them."""

    said: str
    files: tuple[Attached, ...]


_Form = Callable[[str], Opened | None]


def open_message(message: str) -> Opened | None:
    """What a message is made of; None for one without such files. The time it takes grows with its length alone."""
    text = message.replace("\r\n", "\n")
    return next((found for form in _FORMS if (found := form(text)) is not None and found.files), None)


def attached_in(message: str) -> tuple[Attached, ...]:
    """The files in a message that a program wrote, whatever else it says."""
    opened = open_message(message)
    return opened.files if opened is not None else ()


def _sources(text: str) -> Opened | None:
    begin = _CONTEXT.search(text)
    ends = list(_CONTEXT_END.finditer(text, begin.end())) if begin else []
    if begin is None or not ends:
        return None
    # The last one: an article that holds such a line ends nothing.
    end = ends[-1]
    inside, head = text[begin.end() : end.start()], text[: begin.start()]
    found = list(_SOURCE.finditer(inside))
    if not found and not _TEMPLATES.match(head.lstrip()):
        return None
    bodies = [
        (_display_name(one[1]), body) for one, body in zip(found, _bodies(inside, found, "source"), strict=True)
    ]
    files = _gathered((name or _inner_name(body), _inner(body)) for name, body in bodies)
    if not found and inside.strip():
        files = (Attached(text=inside.strip()),)
    before = "" if _TEMPLATES.match(head.lstrip()) else head
    return Opened(said=_said(before, _without(text[end.end() :], *_OLD_FOOTER)), files=files)


def _fenced(text: str) -> Opened | None:
    begin = _FENCED.search(text)
    if begin is None:
        return None
    fences = list(_FENCE.finditer(text, begin.end()))
    end = fences[-1] if fences else None
    inside = text[begin.end() : end.start() if end else len(text)]
    names = list(_FENCED_NAME.finditer(inside))
    stops = [*(one.start() for one in names[1:]), len(inside)]
    parts = [(one[1], inside[one.end() : stop]) for one, stop in zip(names, stops, strict=False)]
    files = _gathered(parts or [(None, inside)])
    return Opened(said=_said(text[: begin.start()], text[end.end() :] if end else ""), files=files)


def _searched(text: str) -> Opened | None:
    begin = _SEARCHED.search(text)
    if begin is None:
        return None
    found = list(_FILE.finditer(text, begin.end()))[:_MOST_FILES]
    if not found:
        return None
    stops = [*(one.start() for one in found[1:]), len(text)]
    files: list[Attached] = []
    end = begin.end()
    for one, stop in zip(found, stops, strict=True):
        close = text.rfind("</context>", one.end(), stop)
        # The last file's own end stands before that of all of them.
        if stop == len(text):
            close = text.find("</context>", one.end())
        close = close if close >= 0 else stop
        body = text[one.end() : close]
        items = [piece.partition("]]>")[0].strip() for piece in _ITEM.split(body)[1:]]
        texts = items or [body.strip()]
        files.append(Attached(name=one[1].strip() or None, text=texts[0], pieces=len(texts)))
        end = close
    after = re.sub(r"</?(?:context|files?)>", "", text[end:])
    lines = [line for line in after.split("\n") if not _FOOTER_LINE.match(line.strip())]
    return Opened(said=_said(text[: begin.start()], "\n".join(lines)), files=tuple(files))


def _blocks(text: str) -> Opened | None:
    begin = _BLOCK.search(text)
    if begin is None:
        return None
    stop = text.rfind(f"</{begin[1]}>")
    if stop < begin.end():
        return None
    inside = text[begin.end() : stop]
    found = list(_ENTRY.finditer(inside))
    bodies = _bodies(inside, found, *{one[1] for one in found})
    files = _gathered(
        (_display_name(one[2]) or _inner_name(body), _inner(body)) for one, body in zip(found, bodies, strict=True)
    )
    after = text[stop + len(begin[1]) + 3 :]
    around = _said(_without_remarks(text[: begin.start()]), _without_remarks(after))
    return Opened(said=around, files=files)


def _without_remarks(text: str) -> str:
    return _REMARK.sub("", _without(text, *_INSTRUCTION))


def _without(text: str, begin: str, end: str) -> str:
    """Without the first stretch from one mark to the other, both with it."""
    start = text.find(begin)
    stop = text.find(end, start) if start >= 0 else -1
    return text[:start] + text[stop + len(end) :] if stop >= 0 else text


def _numbered(text: str) -> Opened | None:
    found = list(_NUMBERED.finditer(text))[:_MOST_FILES]
    if not found:
        return None
    parts: list[tuple[str | None, str]] = []
    end = 0
    for one in found:
        close = text.find(f"\n[END CONTEXT {one[1]}]", one.end())
        if close < 0:
            continue
        body = text[one.end() : close]
        result = _METADATA.match(body)
        name = _SOURCE_NAME.search(result[1]) if result else None
        parts.append((name[1].strip() if name else None, body[result.end() if result else 0 :]))
        end = close + len(f"\n[END CONTEXT {one[1]}]")
    return Opened(said=_said("", text[end:]), files=_gathered(parts)) if parts else None


def _boxed(text: str) -> Opened | None:
    found = list(_BOXED.finditer(text))[:_MOST_FILES]
    if not found:
        return None
    stops = [*(one.start() for one in found[1:]), len(text)]
    content, block = _BOXED_END
    parts: list[tuple[str | None, str]] = []
    around = [text[: found[0].start()]]
    for one, stop in zip(found, stops, strict=True):
        # The last one: an article that holds such a line ends nothing.
        end, close = text.rfind(content, one.end(), stop), text.rfind(block, one.end(), stop)
        parts.append((one["name"].strip() or None, text[one.end() : end if end >= 0 else stop]))
        around.append(text[close + len(block) : stop] if close >= 0 else "")
    return Opened(said=_said(*around), files=_gathered(parts))


def _named_only(text: str) -> Opened | None:
    begin, end = _NAMED_ONLY
    start = text.find(begin)
    stop = text.find(end, start) if start >= 0 else -1
    if stop < 0:
        return None
    files = tuple(Attached(name=name.strip()) for name in _LISTED_NAME.findall(text, start, stop)[:_MOST_FILES])
    return Opened(said=_said(text[:start], text[stop + len(end) :]), files=files)


_FORMS: tuple[_Form, ...] = (_fenced, _searched, _sources, _blocks, _numbered, _boxed, _named_only)


def _bodies(inside: str, found: Sequence[re.Match[str]], *tags: str) -> Iterator[str]:
    """What stands in each element: up to its last end tag before the next one begins."""
    stops = [*(one.start() for one in found[1:]), len(inside)]
    for one, stop in zip(found, stops, strict=False):
        ends = [end for tag in tags if (end := inside.rfind(f"</{tag}>", one.end(), stop)) >= 0]
        yield inside[one.end() : max(ends) if ends else stop]


def _display_name(attributes: str) -> str | None:
    """The name of a file, or what it is known by."""
    name = _NAME.search(attributes)
    if name is None:
        known = _ID.search(attributes)
        return f"#{known[1] or known[2]}" if known else None
    return name[1] or name[2] or None


def _inner_name(body: str) -> str | None:
    named = re.match(r"\s*<source_id>([^<\n]*)</source_id>", body) or _INNER_NAME.match(body)
    return (named[named.lastindex or 1].strip() or None) if named else None


def _inner(body: str) -> str:
    body = re.sub(r"\A\s*<source_id>[^<\n]*</source_id>\s*", "", body)
    body = _INNER_NAME.sub("", body, count=1)
    body = re.sub(r"\A\s*<source_context>(.*)</source_context>\s*\Z", r"\1", body, flags=re.DOTALL)
    inner = _INNER_TEXT.match(body)
    return inner[2] if inner else body


def _gathered(parts: "Iterator[tuple[str | None, str]] | Sequence[tuple[str | None, str]]") -> tuple[Attached, ...]:
    """Files in their order; pieces that bear one name are of one file. Without a name, each is one of its own."""
    files: dict[str, Attached] = {}
    for number, (name, body) in enumerate(parts):
        text = body.strip("\n").strip()
        key = name or f"\n{number}"
        if key in files:
            if text and text != files[key].text:
                files[key] = files[key].model_copy(update={"pieces": files[key].pieces + 1})
        elif len(files) < _MOST_FILES:
            shown = None if name is None or name.startswith("#") else name
            files[key] = Attached(name=shown, text=text)
    return tuple(files.values())


def _said(*around: str) -> str:
    """The words around the files, once: some programs send them within the template and again behind it."""
    parts = [part.strip() for text in around for part in _QUERY.split(text)]
    return "\n\n".join(dict.fromkeys(part for part in parts if part))
