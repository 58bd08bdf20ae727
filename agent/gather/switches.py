"""Which sources are asked, and which setting switches each of them on."""

from collections.abc import Sequence

from agent.errors import NoSource
from agent.gather.source import NewsSource, SourceName

SWITCHES: dict[SourceName, str] = {
    SourceName.SEARXNG: "ISNAD_SEARXNG_URL=https://…",
    SourceName.GDELT: "ISNAD_GATHER_FROM=gdelt",
    SourceName.GOOGLE_NEWS: "ISNAD_GATHER_FROM=google-news",
    SourceName.BRAVE: "ISNAD_BRAVE_API_KEY",
    SourceName.SERPER: "ISNAD_SERPER_API_KEY",
    SourceName.MEDIA_CLOUD: "ISNAD_MEDIA_CLOUD_API_KEY",
    SourceName.DDGS: "ISNAD_GATHER_FROM=ddgs",
    SourceName.FEEDS: "isnad coverage add --follow https://…",
}
HOW_TO_SWITCH_ON = (
    "One of these does it: " + "; ".join(f"{switch} ({name})" for name, switch in SWITCHES.items()) + ". "
    "docs/gathering.md tells what each of them sees of an article."
)


def check_named(there: Sequence[str], named: Sequence[SourceName]) -> None:
    """Raises `NoSource` where there is none, or one that is named is not on."""
    if not there:
        raise NoSource(f"no source of coverage is switched on. {HOW_TO_SWITCH_ON}")
    for name in named:
        if name not in there:
            raise NoSource(f"the source {name} is not switched on: {SWITCHES[name]} does it")


def chosen_sources(there: Sequence[NewsSource], named: Sequence[SourceName]) -> list[NewsSource]:
    """Those that are named, all where none is. Raises `NoSource`."""
    on = {source.name: source for source in there}
    check_named(tuple(on), named)
    return [on[name] for name in dict.fromkeys(named)] if named else list(there)
