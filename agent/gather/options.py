"""How coverage is to be looked for."""

from collections.abc import Callable

from pydantic import Field

from agent.events import Gathering
from agent.gather.source import SourceName
from agent.models import Frozen

# Gets each state of gathering on the way, the last one too.
TellGathering = Callable[[Gathering], None]


class GatherOptions(Frozen):
    """Which sources are asked, all that are on where none is named; and how many pages are fetched at most."""

    sources: tuple[SourceName, ...] = ()
    limit: int | None = Field(None, gt=0)
