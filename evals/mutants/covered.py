"""Which tests cover which module. Few files each: every change of the module runs all that is quick in them."""

_NAMES = ["tests/coverage/test_credits.py", "tests/coverage/test_credited_places.py"]
_TEXTS = ["tests/coverage/test_linking.py", "tests/coverage/test_origins.py"]
_ORIGINS = "agent.coverage.origins"

COVERED: dict[str, list[str]] = {
    "agent.verify.policy": ["tests/test_policy.py"],
    "agent.text.quotes": ["tests/test_quotes.py"],
    "agent.verify.nodes": ["tests/test_graph.py"],
    "agent.verify.assemble": ["tests/test_assemble.py", "tests/test_graph.py"],
    "agent.verify.findings": ["tests/test_assemble.py", "tests/test_graph.py"],
    "agent.verify.relabel": ["tests/test_relabel.py", "tests/watch/test_depending.py"],
    "agent.storage.keys": ["tests/storage/test_keys.py"],
    f"{_ORIGINS}.linking": _TEXTS,
    f"{_ORIGINS}.groups": _TEXTS,
    f"{_ORIGINS}.likeness": _TEXTS,
    f"{_ORIGINS}.changes": ["tests/coverage/test_changes.py", "tests/coverage/test_changed_copies.py"],
    f"{_ORIGINS}.changed_copies": ["tests/coverage/test_changed_copies.py"],
    f"{_ORIGINS}.copies": ["tests/coverage/test_copies.py"],
    f"{_ORIGINS}.grouping": ["tests/coverage/test_copies.py"],
    f"{_ORIGINS}.agencies": _NAMES,
    f"{_ORIGINS}.attribution": [*_NAMES, "tests/coverage/test_attribution.py"],
    f"{_ORIGINS}.cited": _NAMES,
    f"{_ORIGINS}.credits": _NAMES,
    f"{_ORIGINS}.naming": _NAMES,
    f"{_ORIGINS}.notes": _NAMES,
    f"{_ORIGINS}.phrases": _NAMES,
    f"{_ORIGINS}.roots": _NAMES,
    f"{_ORIGINS}.signatures": _NAMES,
    f"{_ORIGINS}.spelling": ["tests/coverage/test_spelling.py"],
}
