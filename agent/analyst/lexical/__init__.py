"""The built-in analyst: no key, no network, deterministic; lists for six languages, any other by overlap."""

from agent.analyst.lexical.analyst import LexicalAnalyst
from agent.analyst.lexical.judging import stance_of
from agent.analyst.lexical.sameness import same_claim

__all__ = ["LexicalAnalyst", "same_claim", "stance_of"]
