"""Which tests cover which module. Few files each: every change of the module runs all that is quick in them."""

_NAMES = ["tests/coverage/test_credits.py", "tests/coverage/test_credited_places.py"]
_CITED = ["tests/coverage/test_cited.py", "tests/test_sentence_sources.py"]
_TEXTS = ["tests/coverage/test_linking.py", "tests/coverage/test_origins.py"]
_ORIGINS = "agent.coverage.origins"
_TABLES = ["tests/coverage/test_copy_tables.py", "tests/coverage/test_likely_copies.py"]
_COPIES = [*_TABLES, "tests/coverage/test_copies.py"]
_COUNTING = ["tests/analyst/test_counting.py", "tests/analyst/test_numbers.py"]
_AUDIT = ["tests/test_audit_places.py", "tests/test_audit_parts.py", "tests/test_sealing.py"]
_LATER = ["tests/test_relabel.py", "tests/watch/test_depending.py"]
_WEAVING = ["tests/chain/test_chain.py", "tests/chain/test_collapsing.py", "tests/chain/test_weaving.py"]
_BUILDING = [*_WEAVING, "tests/chain/test_building.py"]
_WORDING = ["tests/chain/test_wording.py", "tests/chain/test_chain.py"]

COVERED: dict[str, list[str]] = {
    "agent.verify.policy": ["tests/test_policy.py"],
    "agent.text.quotes": ["tests/test_quotes.py"],
    "agent.text.retractions": ["tests/test_retractions.py"],
    "agent.verify.nodes": ["tests/test_graph.py"],
    "agent.verify.assemble": ["tests/test_assemble.py", "tests/test_graph.py"],
    "agent.verify.findings": ["tests/test_assemble.py", "tests/test_graph.py"],
    **{f"agent.verify.{name}": _LATER for name in ("relabel", "turnover")},
    "agent.storage.keys": ["tests/storage/test_keys.py"],
    f"{_ORIGINS}.linking": [*_TEXTS, "tests/coverage/test_copies.py"],
    f"{_ORIGINS}.groups": _TEXTS,
    f"{_ORIGINS}.likeness": _TEXTS,
    f"{_ORIGINS}.changes": ["tests/coverage/test_changes.py", "tests/coverage/test_changed_copies.py"],
    f"{_ORIGINS}.changed_copies": ["tests/coverage/test_changed_copies.py"],
    f"{_ORIGINS}.copies": _COPIES,
    f"{_ORIGINS}.sketches": _TABLES,
    f"{_ORIGINS}.statements": _TABLES,
    f"{_ORIGINS}.grouping": ["tests/coverage/test_copies.py"],
    f"{_ORIGINS}.agencies": _NAMES,
    f"{_ORIGINS}.attribution": [*_NAMES, "tests/coverage/test_attribution.py"],
    f"{_ORIGINS}.cited": _CITED,
    f"{_ORIGINS}.credits": _NAMES,
    f"{_ORIGINS}.naming": ["tests/coverage/test_naming.py", *_NAMES],
    f"{_ORIGINS}.notes": ["tests/coverage/test_notes.py", *_NAMES],
    f"{_ORIGINS}.phrases": _NAMES,
    f"{_ORIGINS}.roots": [*_NAMES, "tests/coverage/test_roots.py"],
    f"{_ORIGINS}.signatures": _NAMES,
    f"{_ORIGINS}.signature_patterns": _NAMES,
    f"{_ORIGINS}.meant": _CITED,
    f"{_ORIGINS}.sentence_diff": ["tests/coverage/test_sentence_diff.py"],
    f"{_ORIGINS}.sentence_source": ["tests/test_sentence_sources.py"],
    f"{_ORIGINS}.spelling": ["tests/coverage/test_spelling.py"],
    f"{_ORIGINS}.word_patterns": ["tests/coverage/test_word_patterns.py"],
    "agent.verify.sealing": _AUDIT,
    "agent.verify.summaries": ["tests/test_summaries.py", "tests/test_sentence_sources.py"],
    **{
        f"agent.verify.auditing.{name}": _AUDIT
        for name in ("audit", "counting", "form", "hashes", "places", "records")
    },
    "agent.verify.reviewed": ["tests/test_reviewed_claims.py"],
    **{f"agent.chain.{name}": _WEAVING for name in ("collapsing", "tree", "weaving")},
    "agent.chain.building": _BUILDING,
    "agent.chain.records": _BUILDING,
    "agent.chain.wording": _WORDING,
    "agent.dates.names": ["tests/dates/test_names.py"],
    "agent.analyst.lexical.another_one": ["tests/analyst/test_another_one.py"],
    "agent.analyst.lexical.days": ["tests/analyst/test_days.py"],
    "agent.analyst.lexical.counting": _COUNTING,
    "agent.analyst.lexical.figures": _COUNTING,
    "agent.analyst.lexical.numerals": _COUNTING,
    "agent.analyst.lexical.numbers": ["tests/analyst/test_numbers.py", "tests/analyst/test_told_otherwise.py"],
    "agent.analyst.lexical.named_things": ["tests/analyst/test_everyday_news.py"],
    "agent.analyst.lexical.until_then": ["tests/analyst/test_everyday_news.py"],
    "agent.analyst.lexical.speaking": ["tests/analyst/test_speaking.py"],
}
