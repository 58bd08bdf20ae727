"""What is said of a node of a chain in a line, and what is left unsaid."""

from datetime import timedelta

import pytest

from agent.chain import Chain, ChainBond, ChainNode, ChainRole, ChainSide, ChainWording
from agent.chain.tree import OtherParent, TreeBranch
from agent.chain.wording import one_line
from agent.messages import load_words
from agent.models import ARTICLE
from agent.text.isolates import isolated
from tests.support.reports import NOON

WORDING = ChainWording(load_words("en"))
SPEAKERS = (ChainRole.PERSON, ChainRole.INSTITUTION, ChainRole.ANONYMOUS, ChainRole.GROUP)
OWN = ChainNode(id=ARTICLE, role=ChainRole.ARTICLE, side=ChainSide.ARTICLE, name="Quay Gazette", published_at=NOON)


def _node(role: ChainRole, **known: object) -> ChainNode:
    return ChainNode.model_validate({"id": "one", "role": role, **known})


def _chain(*nodes: ChainNode, number: int | None = 3) -> Chain:
    return Chain(run_id="r", number=number, text="", language="en", nodes=nodes, links=())


def test_a_report_is_called_by_its_outlet_or_else_by_its_title_and_a_speaker_by_no_title() -> None:
    assert WORDING.name(_node(ChainRole.OUTLET, name="Harbour Post", title="Quay reopens")) == "Harbour Post"
    assert WORDING.name(_node(ChainRole.OUTLET, title="Quay reopens")) == "Quay reopens"
    assert WORDING.name(_node(ChainRole.OUTLET)) == "Unknown outlet"
    assert WORDING.name(_node(ChainRole.OUTLET, name="\u202e\u200f")) == "Unknown outlet"
    assert WORDING.name(_node(ChainRole.ARTICLE)) == "this article"
    assert WORDING.name(_node(ChainRole.PERSON, name="Ola Strand", title="mayor")) == "Ola Strand"
    unnamed = {WORDING.name(_node(role, title="mayor")) for role in SPEAKERS}
    assert len(unnamed) == len(SPEAKERS)
    assert "mayor" not in unnamed


def test_what_somebody_is_is_said_unless_the_name_says_it() -> None:
    for role in SPEAKERS:
        assert WORDING.role(_node(role, name="Ola Strand")) == WORDING.name(_node(role))
        assert WORDING.role(_node(role)) == ""
    assert WORDING.role(_node(ChainRole.AGENCY, name="Mersat")) == "agency"
    assert WORDING.role(_node(ChainRole.HOUSE, name="Bay Group")) == "one house, several reports"
    assert WORDING.role(OWN) == "this article"
    assert WORDING.role(OWN.model_copy(update={"side": ChainSide.CONTRADICTS})) == "Elsewhere in this article"
    assert WORDING.role(_node(ChainRole.OUTLET)) == ""


def test_a_title_is_one_line_and_none_is_empty() -> None:
    assert WORDING.title(_node(ChainRole.PERSON, title="mayor\n of Port Selby")) == "mayor of Port Selby"
    assert WORDING.title(_node(ChainRole.PERSON)) == ""


@pytest.mark.parametrize("length", [199, 200])
def test_a_line_of_200_characters_is_shown_whole(length: int) -> None:
    assert one_line("x" * length) == "x" * length


def test_a_longer_line_is_cut_to_200_characters_with_a_mark() -> None:
    assert one_line("x" * 201) == "x" * 199 + "…"
    assert one_line("x" * 198 + "  y" * 9) == "x" * 198 + "…"


def test_what_stands_for_several_says_of_what_and_of_how_many() -> None:
    def more(role: ChainRole | None, number: int = 2) -> str:
        return WORDING.name(_node(ChainRole.MORE, more=number, stands_for=role))

    assert more(ChainRole.COPY) == "and 2 more copies"
    assert more(ChainRole.OUTLET) == "and 2 more reports"
    assert more(ChainRole.PERSON) == more(None) == "and 2 more sources"
    assert more(ChainRole.COPY, 1) == "and 1 more copy"


def test_a_side_is_counted_with_those_that_are_not_shown() -> None:
    nodes = (
        _node(ChainRole.OUTLET, side=ChainSide.SUPPORTS),
        _node(ChainRole.MORE, side=ChainSide.SUPPORTS, more=7),
        _node(ChainRole.OUTLET, side=ChainSide.CONTRADICTS),
        _node(ChainRole.PERSON),
    )
    assert WORDING.summary(_chain(*nodes)) == "Contradicts: 1, Supports: 8"
    whole = WORDING.summary(_chain(*nodes, number=None))
    assert whole == "Contradicts some claim: 1, Supports, contradicts none: 8"


@pytest.mark.parametrize(("hours", "said"), [(-24, "before"), (-13, "before"), (11, "same_day"), (12, "after")])
def test_a_day_lies_before_on_or_after_that_of_the_article(hours: int, said: str) -> None:
    node = _node(ChainRole.OUTLET, published_at=NOON + timedelta(hours=hours))
    assert WORDING.when(node, _chain(node, OWN)) == WORDING.words(f"when.{said}")


def test_how_days_lie_is_not_said_where_one_is_not_known() -> None:
    dated, undated = _node(ChainRole.OUTLET, published_at=NOON), _node(ChainRole.OUTLET)
    assert WORDING.when(undated, _chain(OWN)) == ""
    assert WORDING.when(dated, _chain(OWN.model_copy(update={"published_at": None}), dated)) == ""
    assert WORDING.when(dated, _chain(dated)) == ""
    assert (WORDING.day(dated), WORDING.day(undated)) == ("2 May 2024", "")


def test_only_a_report_that_might_have_counted_is_said_not_to_count() -> None:
    def standing(role: ChainRole, document: str | None = "d1", *, independent: bool = False) -> str:
        return WORDING.standing(_node(role, document_id=document, independent=independent))

    assert standing(ChainRole.OUTLET) == standing(ChainRole.AGENCY) == "not counted"
    assert standing(ChainRole.OUTLET, independent=True) == ""
    assert standing(ChainRole.AGENCY, None) == ""
    assert standing(ChainRole.COPY) == ""


def test_a_chain_is_headed_by_the_number_of_its_claim() -> None:
    assert WORDING.heading(_chain(number=7)) == "Who told whom: claim 7"
    assert WORDING.heading(_chain(number=None)) == "Who told whom: the whole article"


def test_what_was_taken_back_and_what_was_changed_are_marked() -> None:
    marks = WORDING.marks(_node(ChainRole.COPY, corrected=True, changed=("17 → 71", "May → June")))
    assert marks == [
        WORDING.words("corrected"),
        f"\u2066{isolated('17')} → {isolated('71')}\u2069",
        f"\u2066{isolated('May')} → {isolated('June')}\u2069",
    ]
    assert WORDING.marks(_node(ChainRole.OUTLET)) == []


def test_an_article_without_an_outlet_is_named_once() -> None:
    own = _node(ChainRole.ARTICLE).model_copy(update={"side": ChainSide.ARTICLE})
    assert WORDING.line(TreeBranch(node=own, bond=None)) == isolated("this article")


def test_a_line_names_from_whom_else_it_is_and_this_article_by_itself() -> None:
    node = _node(ChainRole.OUTLET, name="North Post")
    ola, ida = _node(ChainRole.PERSON, name="Ola Strand"), _node(ChainRole.PERSON, name="Ida Holm")
    beside = (
        OtherParent(bond=ChainBond.REPEATS, node=ola),
        OtherParent(bond=ChainBond.FROM_ARTICLE, node=OWN),
        OtherParent(bond=ChainBond.REPEATS, node=ida),
    )
    branch = TreeBranch(node=node, bond=ChainBond.AGENCY, beside=beside)
    assert WORDING.line(branch).split(" · ") == [
        isolated("North Post"),
        "credits the agency",
        f"repeats the same speaker: {isolated('Ola Strand')}, {isolated('Ida Holm')}",
        "has it from this article's outlet",
    ]
    alone = TreeBranch(node=node, bond=ChainBond.SAYS)
    assert WORDING.line(alone) == isolated("North Post")
