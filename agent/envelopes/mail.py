"""An article that came by mail: forwarded, quoted with `>`, or below somebody's words; with a signature under it.

The speaker of a quotation is no part of an envelope: "The minister wrote:" before quoted lines stays, unlike the line
that a mail program puts there, with an address or with day and hour.
"""

import re
from collections.abc import Sequence

from agent.models import Frozen

_QUOTED = re.compile(r"\A[ \t]{0,3}(?:>[ \t]?)+")
# Forwarded by hand or by a program, in the languages of those programs.
_FORWARDED = re.compile(
    r"[ \t]*-{3,}[ \t]*(?:original message|forwarded message|forwarded by .{0,80}|message d'origine|message original"
    r"|message transféré|ursprüngliche nachricht|weitergeleitete nachricht|mensaje original|mensaje reenviado"
    r"|mensagem original|mensagem encaminhada|messaggio originale|messaggio inoltrato|исходное сообщение"
    r"|пересылаемое сообщение|orijinal mesaj|özgün ileti|iletilen mesaj|yönlendirilmiş mesaj|الرسالة الأصلية"
    r"|رسالة أصلية|رسالة معاد توجيهها|رسالة مُعاد توجيهها|رسالة محولة|پیام اصلی|پیام فوروارد شده)[ \t]*-{3,}[ \t]*"
    r"|[ \t]*(?:begin forwarded message|début du message réexpédié|anfang der weitergeleiteten nachricht"
    r"|inicio del mensaje reenviado|inizio messaggio inoltrato|بدء الرسالة المعاد توجيهها)[ \t]*:?[ \t]*",
    re.IGNORECASE,
)
_SENDERS = "from|de|von|da|от|kimden|gönderen|من|از"
_TELLING = (
    "sent|date|subject|envoyé|envoyé le|date d'envoi|objet|gesendet|datum|betreff|enviado|enviado el|fecha|asunto"
    "|enviada em|data|assunto|inviato|oggetto|дата|отправлено|тема|gönderilen|gönderme tarihi|tarih|konu"
    "|التاريخ|تاريخ|تم الإرسال|أُرسلت|أرسلت|الموضوع|موضوع|تاریخ|ارسال شده"
)
_OTHERS = "to|cc|bcc|reply-to|à|an|para|a|кому|копия|kime|bilgi|إلى|الى|نسخة|به"
_HEADER = re.compile(rf"[ \t*_]*({_SENDERS}|{_TELLING}|{_OTHERS})[ \t*_]*[:：][ \t*_]*(.*)", re.IGNORECASE)
_SENDER = re.compile(_SENDERS, re.IGNORECASE)
_TELLS = re.compile(_TELLING, re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,255}")
_HOUR = re.compile(r"\d{1,2}[:.h]\d{2}")
_DAY = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}")
# "On … wrote:", as a line of a mail program; the words of it in any order.
_WROTE = re.compile(
    r"\b(?:wrote|writes|a écrit|schrieb|escribió|escreveu|ha scritto|написал\(?а?\)?|пишет|yazdı|schreef)\b"
    r"|(?:كتب|كتبت|نوشت)",
    re.IGNORECASE,
)
_SIGNS_OFF = re.compile(
    r"[ \t]*(?:sent from my .{1,40}|get outlook for .{1,40}|sent via .{1,40}|envoyé de mon .{1,40}"
    r"|von meinem .{1,40} gesendet|enviado desde mi .{1,40}|أُ?رسلت من .{1,40}|ارسال شده از .{1,40})[ \t]*",
    re.IGNORECASE,
)
_LONGEST_LINE = 400
_LONGEST_SIGNATURE = 12
_MOST_LETTERS = 8
_MOST_HEADERS = 12
_SHORT_COMMENT = 300
_DRAWN = re.compile(r"[ \t]*[-_=*]{3,}[ \t]*")
# Whoever writes so much above a mail wrote an article, and the mail below it is what was answered.
_ARTICLE_CHARS = 400


class Mail(Frozen):
    """`text` is the article, without the marks of quoting. `said` stood above it, in the words of whoever sent it on;
    `left_out` says what else was around it; `has_head`: a mail program wrote a part of that."""

    text: str
    said: str = ""
    left_out: tuple[str, ...] = ()
    has_head: bool = False


def open_mail(text: str) -> Mail | None:
    """The article in a mail; None for a text without the signs of one. The time it takes grows with its length."""
    return _opened(text.replace("\r\n", "\n").split("\n"), _MOST_LETTERS)


def _opened(lines: Sequence[str], letters: int) -> Mail | None:
    head = _head(lines) if letters else None
    if head is None:
        return _unquoted(lines)
    start, end = head
    written = _joined(_without_signature(lines[:start]))
    below, behind = _quoted_part(lines[end:])
    inner = _opened(below, letters - 1) or Mail(text=_joined(_without_signature(below)))
    if len(written) >= _ARTICLE_CHARS and len(written) > len(inner.text):
        kept = _unquoted(_without_signature(lines[:start])) or Mail(text=written)
        return kept.model_copy(update={"left_out": ("the mail below it, which it answers",), "has_head": True})
    said = "\n".join(part for part in (written, inner.said, behind) if part)
    left_out = dict.fromkeys(("the head of the mail", *inner.left_out))
    return inner.model_copy(update={"said": said, "left_out": tuple(left_out), "has_head": True})


def _quoted_part(lines: Sequence[str]) -> tuple[list[str], str]:
    """What is quoted, without its marks, and what is said behind it; all lines where the first one is not quoted."""
    quoted = [number for number, line in enumerate(lines) if _QUOTED.match(line)]
    if not quoted or any(line.strip() for line in lines[: quoted[0]]):
        return list(lines), ""
    behind = _joined(_without_signature(lines[quoted[-1] + 1 :]))
    if len(behind) >= _ARTICLE_CHARS:
        return list(lines), ""
    return [_QUOTED.sub("", line, count=1) for line in lines[: quoted[-1] + 1]], behind


def _head(lines: Sequence[str]) -> tuple[int, int] | None:
    """Where the first head of a mail stands: from which line to which, end exclusive."""
    above = 0
    for number, line in enumerate(lines):
        bare = _QUOTED.sub("", line, count=1)
        above += len(bare)
        if len(bare) > _LONGEST_LINE:
            continue
        if _FORWARDED.fullmatch(bare):
            return number, _after_headers(lines, number + 1) or number + 1
        if _HEADER.match(bare) and (end := _after_headers(lines, number)) is not None:
            return number, end
        if (end := _after_attribution(lines, number, is_top=above - len(bare) < _SHORT_COMMENT)) is not None:
            return number, end
    return None


def _after_headers(lines: Sequence[str], number: int) -> int | None:
    """Behind a block of header lines; None where there is none: a sender, and a day or a subject."""
    while number < len(lines) and not lines[number].strip(" \t>"):
        number += 1
    names: list[str] = []
    while number < len(lines) and len(names) < _MOST_HEADERS:
        bare = _QUOTED.sub("", lines[number], count=1)
        found = _HEADER.match(bare) if len(bare) <= _LONGEST_LINE else None
        if found is None:
            # A long list of receivers goes on in the next line.
            if not (names and bare[:1] in " \t" and bare.strip() and _ADDRESS.search(bare)):
                break
        else:
            names.append(found[1])
        number += 1
    has_sender = any(_SENDER.fullmatch(name) for name in names)
    return number if has_sender and any(_TELLS.fullmatch(name) for name in names) else None


def _after_attribution(lines: Sequence[str], number: int, *, is_top: bool) -> int | None:
    """Behind the line that a mail program puts before what it quotes: who, with an address; or with day and hour,
    when nothing but quoted lines follows and next to nothing stands above."""
    bare = [_QUOTED.sub("", line, count=1).strip() for line in lines[number : number + 3]]
    for size in (1, 2, 3):
        told = " ".join(bare[:size])
        if not told or len(told) > _LONGEST_LINE or size > len(bare) or not bare[size - 1]:
            return None
        if told[-1] in ":：" and _WROTE.search(told):
            end = number + size
            following = next((line for line in lines[end : end + 4] if line.strip()), "")
            if not _QUOTED.match(following):
                return None
            is_program = _ADDRESS.search(told) or (
                is_top and _is_timed(told) and _all_quoted(_without_signature(lines[end:]))
            )
            return end if is_program else None
    return None


def _is_timed(told: str) -> bool:
    return bool(_HOUR.search(told) and _DAY.search(told))


def _unquoted(lines: Sequence[str]) -> Mail | None:
    """A text in which lines are quoted: wholly, or as a quotation within an article, whose speaker stands before."""
    quoted = [number for number, line in enumerate(lines) if _QUOTED.match(line)]
    told = _without_signature(lines)
    if len(quoted) < 2 and not _all_quoted(told) and not any(_introduces(lines, number) for number in quoted):
        is_signed = len(told) < len(_trimmed(lines)) and bool(told)
        return Mail(text=_joined(told), left_out=("the signature",)) if is_signed else None
    whole, kept, was_quoted = _all_quoted(told), list[str](), False
    for line in told:
        is_quoted = bool(_QUOTED.match(line))
        bare = _QUOTED.sub("", line, count=1)
        # Within a quotation an empty line parts nothing from its speaker.
        if whole or bare.strip() or not (is_quoted and was_quoted):
            kept.append(bare)
        was_quoted = is_quoted
    return Mail(text=_joined(_trimmed(kept)), left_out=("the marks of quoted lines",))


def _introduces(lines: Sequence[str], number: int) -> bool:
    before = next((line.strip() for line in reversed(lines[max(0, number - 2) : number]) if line.strip()), "")
    return before.endswith((":", "："))


def _all_quoted(lines: Sequence[str]) -> bool:
    told = [line for line in lines if line.strip()]
    return bool(told) and all(_QUOTED.match(line) for line in told)


def _without_signature(lines: Sequence[str]) -> Sequence[str]:
    """Without the line that begins a signature and the little that follows it, and without lines that are drawn."""
    told = _trimmed(lines)
    for number in range(max(0, len(told) - _LONGEST_SIGNATURE), len(told)):
        if _signs(told, number):
            told = _trimmed(told[:number])
            break
    return _trimmed(told[:-1]) if told and _DRAWN.fullmatch(told[-1]) else told


def _signs(lines: Sequence[str], number: int) -> bool:
    bare = _QUOTED.sub("", lines[number], count=1)
    if len(bare) > _LONGEST_LINE or sum(map(len, lines[number:])) > _ARTICLE_CHARS:
        return False
    return bare == "-- " or bool(_SIGNS_OFF.fullmatch(bare)) or (bare == "--" and _is_small(lines[number + 1 :]))


def _is_small(lines: Sequence[str]) -> bool:
    """Names, offices, numbers: no line of them ends a sentence."""
    return all(len(line) < 60 and not line.rstrip().endswith((".", "؟", "!", "?", "۔")) for line in lines)


def _trimmed(lines: Sequence[str]) -> Sequence[str]:
    """Without the empty lines at both ends, quoted ones too."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip(" \t>"):
        start += 1
    while end > start and not lines[end - 1].strip(" \t>"):
        end -= 1
    return lines[start:end]


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines)
