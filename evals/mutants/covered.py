"""Which tests cover which module."""

_ORIGINS = (
    "tests/coverage/test_origins.py tests/coverage/test_copies.py tests/coverage/test_credits.py"
    " tests/coverage/test_changes.py tests/coverage/test_changed_copies.py tests/coverage/test_agency_credits.py"
    " tests/test_dependence.py"
).split()

COVERED: dict[str, list[str]] = {
    "agent.labels": ["tests/test_labels.py"],
    "agent.quotes": ["tests/test_quotes.py"],
    "agent.nodes": ["tests/test_graph.py"],
    "agent.assemble": ["tests/test_graph.py", "tests/test_dependence.py", "tests/test_damaged_end_to_end.py"],
    "agent.watch.relabel": ["tests/watch"],
    "agent.keys": ["tests/test_keys.py"],
} | {
    f"agent.coverage.origins.{name}": _ORIGINS
    for name in (
        "agencies attribution changed_copies changes cited copies credits grouping groups likeness linking naming"
        " notes phrases roots signatures spelling"
    ).split()
}
