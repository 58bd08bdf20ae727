"""Quotation marks around what was cut out of a quotation."""

_PAIRS = (("«", "»"), ("‹", "›"), ("「", "」"), ("『", "』"))


def balanced(text: str) -> str:
    """The same words with the one mark that is missing: of a quotation that began before them, or ends behind.

    Marks that stand the other way round, as »so« in Danish, are as many on either side and stay as they are.
    """
    for opening, closing in _PAIRS:
        text = _completed(text, opening, closing, text.count(opening) - text.count(closing))
    text = _completed(text, "“", "”", _curled(text))
    return _completed(text, '"', '"', _straight(text))


def _completed(text: str, opening: str, closing: str, unclosed: int) -> str:
    if unclosed == 1:
        return text + closing
    return opening + text if unclosed == -1 else text


def _curled(text: str) -> int:
    """How many are open at the end. „This“ ends in German with the mark that begins one in English."""
    if "„" in text:
        return text.count("„") - max(text.count("“"), text.count("”"))
    return text.count("“") - text.count("”")


def _straight(text: str) -> int:
    """The one without a partner opens where a word follows it and none goes before."""
    if text.count('"') % 2 == 0:
        return 0
    place = text.rindex('"')
    before, after = text[:place][-1:], text[place + 1 :][:1]
    # Between two words either would do; an inch is no quotation, and one mark in the midst of words is none either.
    if before.isdigit():
        return 0
    return 1 if after.strip() and not before.strip(" (—–-:«“") else -1
