"""The chain of transmission as data: who speaks, who prints it, and how it came from one to the other."""

from enum import StrEnum

from pydantic import AwareDatetime

from agent.models import Frozen, Stance


class ChainRole(StrEnum):
    """What somebody is in the chain. `HOUSE`: an outlet, or a group of them, with several reports. `MORE` stands for
    several that are not shown one by one."""

    PERSON = "person"
    INSTITUTION = "institution"
    ANONYMOUS = "anonymous"
    GROUP = "group"
    AGENCY = "agency"
    HOUSE = "house"
    ARTICLE = "article"
    OUTLET = "outlet"
    COPY = "copy"
    MORE = "more"


class ChainSide(StrEnum):
    """On which side of a claim something was printed. Sources and agencies may stand behind several sides."""

    ARTICLE = "article"
    CONTRADICTS = "contradicts"
    SUPPORTS = "supports"
    QUALIFIES = "qualifies"


class ChainBond(StrEnum):
    """How something came from one to the other. `SAME_HOUSE`: two reports that count as one, neither a copy."""

    SAYS = "says"
    REPEATS = "repeats"
    HEARD = "heard"
    AGENCY = "agency"
    COPY = "copy"
    SHORTENED = "shortened"
    LENGTHENED = "lengthened"
    SAME_PAGE = "same_page"
    SAME_HOUSE = "same_house"
    FROM_ARTICLE = "from_article"


SOURCES = frozenset({ChainRole.PERSON, ChainRole.INSTITUTION, ChainRole.ANONYMOUS, ChainRole.GROUP})
COPYING = frozenset({ChainBond.COPY, ChainBond.SHORTENED, ChainBond.LENGTHENED, ChainBond.SAME_PAGE})


class ClaimStance(Frozen):
    """What a report says of one claim of the article, by the claim's number."""

    number: int
    stance: Stance


class ChainNode(Frozen):
    """Somebody who speaks, or one text that was printed. `name` is None where nobody is named.

    `side` is None for whoever stands behind several sides. `number` and `evidence` lead to the words: the claim's
    number, and the place among its evidence in the order of the report. `independent` is False where it counts for
    nothing. `corrected`: its own source takes it back. `changed` are figures and names that a copy has otherwise:
    "17 → 71". `stances`, in the chain of a whole article, are what it says of which claims. `more` counts what a node
    of that role stands for, `stands_for` tells what these are.
    """

    id: str
    role: ChainRole
    side: ChainSide | None = None
    name: str | None = None
    title: str | None = None
    document_id: str | None = None
    url: str | None = None
    published_at: AwareDatetime | None = None
    language: str = "und"
    number: int | None = None
    evidence: int | None = None
    independent: bool = True
    corrected: bool = False
    changed: tuple[str, ...] = ()
    stances: tuple[ClaimStance, ...] = ()
    more: int = 0
    stands_for: ChainRole | None = None


class ChainLink(Frozen):
    """From whom to whom, and how."""

    source: str
    target: str
    bond: ChainBond


class Chain(Frozen):
    """Of one claim where it has a `number`, else of the whole article. `text` is the claim's, or the article's title.

    Nodes of one side stand in the order of their time; what has no date comes last.
    """

    run_id: str
    number: int | None
    text: str | None
    language: str
    nodes: tuple[ChainNode, ...]
    links: tuple[ChainLink, ...]

    @property
    def is_retold(self) -> bool:
        """Whether anybody but the article itself, and whoever speaks in it, tells of it."""
        return any(node.document_id is not None for node in self.nodes)
