"""Where the public sets come from, told to those who have none of them yet."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from agent.models import Frozen

_FORM = """A folder given with --data (or ISNAD_EVAL_DATA) holds them as JSON lines:
  stance/NAME.dev.jsonl         id, dataset, lang, claim, passage, label (supports, refutes, neither)
  claims/NAME.dev.jsonl         id, dataset, lang, claim, documents [{doc_id, title, text, url, stance}], label
  retrieval/NAME/               corpus.jsonl.gz, queries.jsonl, qrels.tsv (query_id, doc_id, relevance)
  neardup/NAME.dev.jsonl        id, dataset, lang, text_a, text_b, label
  decomposition/NAME.dev.jsonl  id, dataset, lang, context, sentence, claims
  injection/prompt_injection.jsonl  id, dataset, lang, text, label (injection, benign)
  stories/NAME/                 article.json, article.txt, coverage.jsonl, gold.json
docs/evaluations.md tells more."""


class Source(Frozen):
    name: str
    suites: str
    language: str
    source: str
    licence: str
    what: str


@lru_cache(maxsize=1)
def sources() -> tuple[Source, ...]:
    told = tomllib.loads((files("evals.data") / "sources.toml").read_text("utf-8"))
    return tuple(Source.model_validate(one) for one in told["set"])


def listing_of(data: Path | None) -> str:
    """Each set with its source and licence; with a folder also whether it is there."""
    lines = [f"{_mark(one, data)}{_line(one)}" for one in sources()]
    return "\n".join(["Public sets; none is part of this repository:", *lines, "", _FORM])


def _line(one: Source) -> str:
    return f"{one.name:<17} {one.language:<3} {one.licence:<26} {one.source} — {one.what} ({one.suites})"


def _mark(one: Source, data: Path | None) -> str:
    if data is None:
        return "  "
    return "✓ " if next(data.glob(f"*/{one.name}*"), None) else "· "
