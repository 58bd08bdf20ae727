"""What every form needs to know of a finding: its standing, its sign, who speaks, and why it is labelled so."""

from urllib.parse import urlsplit

from agent.coverage.intake.headed import below_dated
from agent.messages import Words
from agent.models import Article, Attribution, ChangedCopy, Evidence, Finding, Frozen, Label, Stance, Verdict, When
from agent.text.headline import headline_in
from agent.text.marks import balanced
from agent.verify.explain import explain

FAILED = "failed"
SYMBOLS = {"corroborated": "✓", "contested": "≠", "unsourced": "○", FAILED: "!"}
STANCE_SYMBOLS = {Stance.SUPPORTS: "+", Stance.CONTRADICTS: "−", Stance.QUALIFIES: "~"}
_STANCE_ORDER = (Stance.CONTRADICTS, Stance.SUPPORTS, Stance.QUALIFIES)


class Context(Frozen):
    """A passage around its quote."""

    before: str
    quote: str
    after: str


def label_name(finding: Finding) -> str:
    """The label, or "failed" where the check was not completed: the one key under which a claim is shown."""
    return finding.label.value if finding.label is not None else FAILED


def why(finding: Finding, words: Words) -> str:
    """One sentence on what the label rests on, in the reader's language; empty for a failure, which explains itself.

    The report's own explanation is in the language of the article, and need not be that of the reader.
    """
    if finding.label is None:
        return ""
    known = {
        Label.CONTESTED: finding.label,
        Label.CORROBORATED: finding.rests_on,
        Label.UNSOURCED: finding.unsourced_because,
    }
    if known[finding.label] is None:
        return words(f"why.{finding.label.value}")
    verdict = Verdict(label=finding.label, rests_on=finding.rests_on, unsourced_because=finding.unsourced_because)
    return explain(verdict, finding.evidence, finding.origins, words.language, finding.changed_copies, finding.close)


def copyist(one: ChangedCopy, words: Words) -> str:
    """Who printed a copy that tells the claim otherwise."""
    return one.outlet or one.title or words("unknown_outlet")


def speaker(attribution: Attribution) -> str | None:
    """Who says it by the article, with the role where it adds something; None when the outlet itself speaks."""
    name, role = attribution.speaker, attribution.role
    if name and role and role not in name:
        return f"{name} ({role})"
    return name or role


def title_of(article: Article, words: Words) -> str:
    """Its title, or else the headline with which its text begins."""
    return article.title or headline_in(below_dated(article.text)) or words("untitled")


def claim_text(finding: Finding) -> str:
    """The claim as it stands in a list: whole, with both marks of a quotation that it was cut out of."""
    return balanced(finding.text)


def when_of(item: Evidence, words: Words) -> str:
    """Whether it was said before the article or after it; where that is not known, which of the two has no date."""
    if item.when is When.UNKNOWN and item.passage.published_at is not None:
        return words("when.article_undated")
    return words(f"when.{item.when.value}")


def sorted_evidence(finding: Finding) -> list[Evidence]:
    """Contradictions first, then support, then what qualifies; independent witnesses before copies."""
    return sorted(finding.evidence, key=lambda e: (_STANCE_ORDER.index(e.stance), not e.independent))


def web_address(url: str | None) -> str | None:
    """The address if a reader may safely follow it: http or https with a host, and nothing else."""
    if url is None or any(c.isspace() or not c.isprintable() for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host else None


def context_of(item: Evidence) -> Context | None:
    """What stands around the quote, where there is more than the quote."""
    before, found, after = item.passage.text.partition(item.quote)
    if not found or not (before.strip() or after.strip()):
        return None
    return Context(before=before, quote=item.quote, after=after)
