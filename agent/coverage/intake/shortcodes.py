"""Shortcodes of WordPress, which a post holds until it is shown: "[caption id="7"]…[/caption]", "[gallery]"."""

import re

# Those of WordPress itself. What others are called nobody knows; they are known by their form.
_OWN = "caption|wp_caption|gallery|playlist|audio|video|embed|more|nextpage"
_ATTRIBUTE = r"[\w-]+\s*=\s*(?:\"[^\"\[\]]*\"|'[^'\[\]]*'|&quot;[^\[\]]*?&quot;|[^\s\"'\[\]]+)"
_EMBEDDED = re.compile(r"\[(embed|audio|video)(?:\s[^\[\]]{0,1000})?\][^\[\]]{0,2000}\[/\1\]", re.IGNORECASE)
_WITH_ATTRIBUTES = re.compile(rf"\[/?[A-Za-z][\w-]{{1,60}}\s+(?:{_ATTRIBUTE}\s*){{1,40}}/?\]")
_OWN_TAG = re.compile(rf"\[/?(?:{_OWN})(?:\s[^\[\]]{{0,1000}})?/?\]", re.IGNORECASE)
_CLOSING = re.compile(r"\[/([A-Za-z][\w-]{1,60})\]")
_TAG = re.compile(r"\[/?([A-Za-z][\w-]{1,60})\s*/?\]")


def without_shortcodes(html: str) -> str:
    """A post without its shortcodes; what they enclose stays. Words in brackets, as "[sic]", are none."""
    if "[" not in html:
        return html
    html = _OWN_TAG.sub(" ", _WITH_ATTRIBUTES.sub(" ", _EMBEDDED.sub(" ", html)))
    closed = {match[1].lower() for match in _CLOSING.finditer(html)}
    return _TAG.sub(lambda tag: " " if tag[1].lower() in closed else tag[0], html)
