"""How callers ask for coverage to be looked for."""

from pydantic import Field

from agent.doors.api.posted import Posted
from agent.gather.options import GatherOptions
from agent.gather.source import SourceName

_MOST_PAGES = 500


class GatherRequest(Posted):
    """How coverage is looked for. The server's own bounds still hold."""

    sources: tuple[SourceName, ...] = Field(
        (), max_length=20, description="All that are switched on where none is named.", examples=[["gdelt"]]
    )
    limit: int | None = Field(None, ge=1, le=_MOST_PAGES, description="Pages that are fetched at most.")

    @property
    def options(self) -> GatherOptions:
        return GatherOptions(sources=self.sources, limit=self.limit)
