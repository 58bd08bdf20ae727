"""A report checked again: whatever was changed in it is told and named, and what was not is not."""

import copy
import json
from collections.abc import Callable, Iterator, Sequence

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, JsonValue

from agent.models import (
    ARTICLE,
    Dependence,
    Document,
    Evidence,
    Gap,
    JudgedText,
    Label,
    LabelCorrection,
    MatchedReview,
    OriginShare,
    PublishedReview,
    Report,
    RestsOn,
    ReviewOf,
    Span,
    Stance,
    When,
    digest,
)
from agent.verify.auditing import AuditCheck, AuditFault, audit, audit_json
from agent.verify.policy import count_origins
from agent.verify.sealing import canonical, documents_named, seal_of, sealed
from agent.verify.trusted import with_trusted
from tests.support.command import isnad
from tests.support.reports import (
    EXAMPLE,
    NOON,
    arabic_report,
    close_arabic,
    edited_report,
    english_report,
    example_coverage,
    report_of,
    retold_report,
)

Path = tuple[str | int, ...]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on the example, as the command makes it."""
    about = ("--about", str(EXAMPLE / "article.json"), "--coverage", str(EXAMPLE / "coverage.jsonl"))
    data = str(tmp_path_factory.mktemp("audited") / "data")
    return isnad("verify", str(EXAMPLE / "article.ar.txt"), *about, "--format", "json", data_dir=data).report


def with_close() -> Report:
    told = english_report()
    first, second, third = told.claims
    review = PublishedReview(claim="No crane works", rating="False", publisher="Fact Desk", site="desk.example")
    matched = MatchedReview(review=review, document_id="d1", of=ReviewOf.SAME, similarity=0.7, analyst="lexical")
    close = third.model_copy(update={"close": (close_arabic(),), "reviews": (matched,)})
    word = LabelCorrection(
        claim_id="c3", given=Label.CONTESTED, label=Label.UNSOURCED, reason="a slip", who="Desk", corrected_at=NOON
    )
    return told.model_copy(update={"claims": (first, second, close), "corrections": (word,)})


# Together they have every field of the model; some of them are too short to be true.
HAND_WRITTEN = {
    "close coverage": sealed(with_close()),
    "changed copies": sealed(retold_report()),
    "a failure": sealed(arabic_report()),
    "edits": sealed(edited_report()),
}


def dumped(report: Report) -> JsonValue:
    told: JsonValue = json.loads(report.model_dump_json())
    return told


def fields(value: JsonValue, path: Path = ()) -> Iterator[Path]:
    """The place of every value, whole lists and objects too."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from fields(inner, (*path, name))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from fields(inner, (*path, n))


def other(value: JsonValue) -> JsonValue:
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return f"{value[:-1]}{'0' if value[-1:] != '0' else '1'}"
        case list():
            return value[:-1] if value else ["0"]
        case dict():
            return {**value, "added": "0"}
        case _:
            return "0"


def at(value: JsonValue, path: Path) -> JsonValue:
    for step in path:
        value = value[step]  # type: ignore[index]  # the path was found in it
    return value


def with_other(report: JsonValue, path: Path) -> bytes:
    changed = copy.deepcopy(report)
    holder = at(changed, path[:-1])
    holder[path[-1]] = other(at(report, path))  # type: ignore[index]  # as above
    return json.dumps(changed).encode()


def without(report: JsonValue, path: Path) -> bytes:
    changed = copy.deepcopy(report)
    del at(changed, path[:-1])[path[-1]]  # type: ignore[union-attr, arg-type]  # as above
    return json.dumps(changed).encode()


def one_of_each_kind(report: JsonValue) -> list[Path]:
    """One place for each field of the model: of the items of a list the first that has it."""
    found: dict[Path, Path] = {}
    for path in fields(report):
        found.setdefault(tuple("" if isinstance(step, int) else step for step in path), path)
    return list(found.values())


def names(path: Path, places: Sequence[str]) -> bool:
    """Whether a problem is told of the part that a place lies in, or of something in it."""
    if path[0] == "seal":
        # A hash that was changed is the hash of some part: that is what is told.
        return bool(places)
    in_items = path[0] in ("claims", "origins", "edits", "set_aside") and len(path) > 1
    part = "/".join(map(str, path[:2])) if in_items else str(path[0])
    return any(place == part or place.startswith(f"{part}/") for place in places)


def test_what_was_not_changed_holds(example: Report) -> None:
    told = audit_json(example.model_dump_json(indent=2).encode())
    assert told.problems == ()
    assert (told.holds, told.before_hashes, told.seal) == (True, False, seal_of(example).sha256)
    assert told.looked[AuditCheck.LABELS] == len(example.claims)
    assert told.looked[AuditCheck.EVIDENCE] >= sum(len(claim.evidence) for claim in example.claims)
    assert told.looked[AuditCheck.DOCUMENTS] == len(documents_named(example)) > 5


def test_the_order_of_keys_and_white_space_change_nothing(example: Report) -> None:
    told = dumped(example)
    assert isinstance(told, dict)
    assert audit_json(json.dumps(dict(reversed(told.items())), indent=7).encode()).holds


@pytest.mark.parametrize("which", ["example", *HAND_WRITTEN])
def test_one_changed_value_in_each_field_is_told_and_named(which: str, example: Report) -> None:
    report = dumped(HAND_WRITTEN.get(which, example))
    before = set(audit_json(json.dumps(report).encode()).problems)
    kinds = one_of_each_kind(report)
    assert len(kinds) > 100
    silent = []
    for path in kinds:
        fresh = set(audit_json(with_other(report, path)).problems) - before
        silent += [path] if not names(path, [problem.place for problem in fresh]) else []
    assert silent == []


def test_these_reports_have_every_field_of_the_model(example: Report) -> None:
    schema = Report.model_json_schema(by_alias=True, mode="serialization")
    models = {name for name, model in schema["$defs"].items() if "properties" in model}
    assert len(models) > 20
    assert models - {name for report in (example, *HAND_WRITTEN.values()) for name in _models_in(report)} == set()


def _models_in(value: object) -> Iterator[str]:
    """The classes of all models that a value holds: every one of them is written with all of its fields."""
    if isinstance(value, BaseModel):
        yield type(value).__name__
        value = dict(value)
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for inner in value:
            yield from _models_in(inner)


def test_one_missing_value_in_each_field_is_told_unless_it_says_nothing(example: Report) -> None:
    report = dumped(example)
    nothing: tuple[JsonValue, ...] = (None, [], {}, "", False, 0, 0.0, "und", "1", "outlet", "fact")
    silent = [
        path
        for path in one_of_each_kind(report)
        if not isinstance(path[-1], int)
        and at(report, path) not in nothing
        # It is the hash of the text, and made anew from it.
        and path not in (("seal",), ("article", "sha256"))
        and audit_json(without(report, path)).holds
    ]
    assert silent == []


def test_taking_the_seal_out_is_told(example: Report) -> None:
    told = audit(example.model_copy(update={"seal": None}))
    assert [problem.fault for problem in told.problems] == [AuditFault.SEAL_REMOVED]


def test_a_report_from_before_there_were_hashes_is_told_so_and_checked() -> None:
    before = english_report()
    told = audit(before)
    assert (told.before_hashes, told.holds) == (True, True)
    assert AuditCheck.SEAL not in told.looked
    first, *others = before.claims
    wrong = first.model_copy(update={"label": Label.CONTESTED})
    changed = audit(before.model_copy(update={"claims": (wrong, *others)}))
    assert {p.fault for p in changed.problems} == {AuditFault.LABEL_DIFFERS, AuditFault.TOTALS_DIFFER}
    assert changed.problems[0].place == "claims/0/label"


def test_a_field_that_later_versions_add_breaks_no_older_seal(example: Report) -> None:
    told = dumped(example)
    assert isinstance(told, dict)
    # As if these had not been known when it was sealed: none of them had a value.
    assert [told.pop(name) for name in ("unread",)] == [[]]
    assert audit_json(json.dumps(told).encode()).holds


def resealed(report: Report) -> Report:
    """As somebody leaves it who changes a report and hashes it anew."""
    return sealed(report.model_copy(update={"seal": None}))


def first_evidence(report: Report) -> tuple[int, int]:
    """A claim that one independent witness of the coverage supports, and its place."""
    return next(
        (n, k)
        for n, claim in enumerate(report.claims)
        for k, item in enumerate(claim.evidence)
        if item.independent and item.stance is Stance.SUPPORTS and claim.label is Label.CORROBORATED
    )


def with_evidence(report: Report, change: Callable[[Evidence], dict[str, object]]) -> Report:
    n, k = first_evidence(report)
    claim = report.claims[n]
    evidence = list(claim.evidence)
    evidence[k] = evidence[k].model_copy(update=change(evidence[k]))
    return _with_claim(report, n, evidence=tuple(evidence))


def _with_claim(report: Report, n: int, **values: object) -> Report:
    claims = list(report.claims)
    claims[n] = claims[n].model_copy(update=values)
    return report.model_copy(update={"claims": tuple(claims)})


def _moved_passage(item: Evidence) -> dict[str, object]:
    return {"passage": item.passage.model_copy(update={"end": item.passage.end + 1})}


FORGED: list[tuple[str, Callable[[Report], Report], AuditFault]] = [
    (
        "a quote of the article",
        lambda r: _with_claim(r, 0, quote=r.claims[0].quote + "!"),
        AuditFault.QUOTE_ELSEWHERE,
    ),
    ("a place", lambda r: _with_claim(r, 0, spans=(Span(start=10**6, end=10**6 + 1),)), AuditFault.OUTSIDE_TEXT),
    (
        "an empty place",
        lambda r: _with_claim(r, 0, spans=(*r.claims[0].spans, Span(start=9, end=3))),
        AuditFault.OUTSIDE_TEXT,
    ),
    ("the id of a claim", lambda r: _with_claim(r, 0, id=r.claims[1].id), AuditFault.SAME_ID),
    (
        "the article",
        lambda r: r.model_copy(update={"article": r.article.model_copy(update={"text": r.article.text + " "})}),
        AuditFault.ARTICLE_CHANGED,
    ),
    (
        "a quote of the coverage",
        lambda r: with_evidence(r, lambda e: {"quote": e.quote + " never"}),
        AuditFault.QUOTE_NOT_IN_PASSAGE,
    ),
    ("no quote", lambda r: with_evidence(r, lambda e: {"quote": ""}), AuditFault.QUOTE_NOT_IN_PASSAGE),
    ("the place of a passage", lambda r: with_evidence(r, _moved_passage), AuditFault.PASSAGE_LENGTH),
    (
        "a stance",
        lambda r: with_evidence(r, lambda e: {"stance": Stance.CONTRADICTS}),
        AuditFault.LABEL_DIFFERS,
    ),
    ("a time", lambda r: with_evidence(r, lambda e: {"when": When.UNKNOWN}), AuditFault.TIME_DIFFERS),
    (
        "a dependence",
        lambda r: with_evidence(r, lambda e: {"dependence": Dependence.ARTICLE}),
        AuditFault.COUNTS_AS_INDEPENDENT,
    ),
    ("an origin", lambda r: with_evidence(r, lambda e: {"origin": "outlet:nobody"}), AuditFault.ORIGIN_UNKNOWN),
    (
        "the article's origin",
        lambda r: with_evidence(r, lambda e: {"origin": ARTICLE}),
        AuditFault.COUNTS_AS_INDEPENDENT,
    ),
    (
        "a source that is the article",
        lambda r: with_evidence(r, lambda e: {"source": "article"}),
        AuditFault.ARTICLE_SUPPORTS_ITSELF,
    ),
    (
        "a label",
        lambda r: _with_claim(r, first_evidence(r)[0], label=Label.CONTESTED, rests_on=None),
        AuditFault.LABEL_DIFFERS,
    ),
    (
        "what a label rests on",
        lambda r: _with_claim(
            r,
            first_evidence(r)[0],
            rests_on=next(one for one in RestsOn if one is not r.claims[first_evidence(r)[0]].rests_on),
        ),
        AuditFault.LABEL_DIFFERS,
    ),
    (
        "no evidence",
        lambda r: _with_claim(r, first_evidence(r)[0], evidence=()),
        AuditFault.LABEL_DIFFERS,
    ),
    (
        "copies of what nobody said",
        lambda r: _with_claim(
            r,
            first_evidence(r)[0],
            evidence=(),
            label=Label.UNSOURCED,
            rests_on=None,
            unsourced_because=Gap.ONLY_COPIES,
        ),
        AuditFault.LABEL_DIFFERS,
    ),
    (
        "a count of origins",
        lambda r: _with_claim(
            r,
            first_evidence(r)[0],
            origins=r.claims[first_evidence(r)[0]].origins.model_copy(update={"supporting": 9}),
        ),
        AuditFault.ORIGINS_DIFFER,
    ),
    (
        "a total",
        lambda r: r.model_copy(update={"counts": r.counts.model_copy(update={"contested": r.counts.contested + 1})}),
        AuditFault.TOTALS_DIFFER,
    ),
    (
        "an origin that is left over",
        lambda r: r.model_copy(update={"origins": (*r.origins, r.origins[0].model_copy(update={"id": "outlet:x"}))}),
        AuditFault.ORIGIN_UNUSED,
    ),
    (
        "an origin twice",
        lambda r: r.model_copy(update={"origins": (*r.origins, r.origins[0])}),
        AuditFault.SAME_ID,
    ),
    (
        "the articles of an origin",
        lambda r: r.model_copy(
            update={"origins": tuple(card.model_copy(update={"articles": 0}) for card in r.origins)}
        ),
        AuditFault.FEWER_ARTICLES,
    ),
    (
        "whether an origin counts",
        lambda r: r.model_copy(
            update={"origins": tuple(card.model_copy(update={"independent": False}) for card in r.origins)}
        ),
        AuditFault.COUNTS_AS_INDEPENDENT,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("what", "forge", "fault"), FORGED, ids=[what for what, _, _ in FORGED])
def test_what_was_changed_and_hashed_anew_still_contradicts_itself(
    what: str, forge: Callable[[Report], Report], fault: AuditFault, example: Report
) -> None:
    forged = resealed(forge(example))
    told = audit(forged)
    assert AuditCheck.SEAL not in {problem.check for problem in told.problems}
    assert fault in {problem.fault for problem in told.problems}


def test_a_passage_of_the_article_is_what_stands_there(example: Report) -> None:
    n, k, item = next(
        (n, k, item)
        for n, claim in enumerate(example.claims)
        for k, item in enumerate(claim.evidence)
        if item.source == "article"
    )
    text = item.passage.text.replace(item.quote[:4], item.quote[:4][::-1], 1)
    passage = item.passage.model_copy(update={"text": text})
    evidence = list(example.claims[n].evidence)
    evidence[k] = item.model_copy(update={"passage": passage, "quote": text[:20]})
    told = audit(_with_claim(example, n, evidence=tuple(evidence)))
    place = f"claims/{n}/evidence/{k}/passage/text"
    assert (AuditFault.PASSAGE_DIFFERS, place) in {(p.fault, p.place) for p in told.problems}


def test_two_passages_of_one_document_may_not_disagree_where_they_overlap() -> None:
    report = english_report()
    first, third = report.claims[0], report.claims[2]
    item = third.evidence[0]
    changed = item.passage.model_copy(update={"text": item.passage.text.replace("repeated", "repealed")})
    other_claim = third.model_copy(update={"evidence": (item.model_copy(update={"passage": changed}),)})
    told = audit(report.model_copy(update={"claims": (first, report.claims[1], other_claim)}))
    assert AuditFault.PASSAGES_DISAGREE in {problem.fault for problem in told.problems}


def test_repeating_somebody_without_a_name_counts_for_nothing() -> None:
    report = retold_report()
    repeated = report.claims[1].evidence[0].model_copy(update={"independent": True, "dependence": None})
    told = audit(_with_claim(report, 1, evidence=(repeated,)))
    place = "claims/1/evidence/0/independent"
    assert (AuditFault.COUNTS_AS_INDEPENDENT, place) in {(p.fault, p.place) for p in told.problems}


def test_shares_are_of_the_origins_of_the_evidence(example: Report) -> None:
    n, _ = first_evidence(example)
    claim = example.claims[n]
    stranger = OriginShare(origin="outlet:nobody", articles=1)
    shares = (*claim.origins.by_origin, stranger)
    counts = count_origins(claim.evidence, sum(one.articles for one in shares), shares)
    told = audit(resealed(_with_claim(example, n, origins=counts)))
    assert [(p.fault, p.told) for p in told.problems] == [(AuditFault.ORIGIN_UNUSED, "outlet:nobody")]


def test_hashes_are_of_documents_that_are_named_each_once(example: Report) -> None:
    first, second, *others = example.documents
    stranger = JudgedText(document_id="d0", sha256="0" * 64)
    whole = example.model_copy(update={"documents": (second, *others, stranger, second), "seal": None})
    told = audit(whole.model_copy(update={"seal": seal_of(whole)}))
    assert [(p.fault, p.told) for p in told.problems] == [
        (AuditFault.HASH_UNUSED, "d0"),
        (AuditFault.HASH_UNUSED, second.document_id),
    ]
    assert told.unhashed == (first.document_id,)


def test_a_report_that_counted_its_own_article_as_one_against_still_holds(example: Report) -> None:
    def counted(more: int) -> Report:
        claims = tuple(
            one.model_copy(
                update={"origins": one.origins.model_copy(update={"contradicting": one.origins.contradicting + more})}
            )
            if any(item.source == "article" and item.stance is Stance.CONTRADICTS for item in one.evidence)
            else one
            for one in example.claims
        )
        return sealed(example.model_copy(update={"claims": claims, "seal": None}))

    assert counted(1).claims != example.claims
    assert audit(counted(1)).holds
    assert {problem.fault for problem in audit(counted(2)).problems} == {AuditFault.ORIGINS_DIFFER}


def test_weights_of_sites_are_put_beside_the_evidence_under_the_seal(example: Report) -> None:
    weighed = with_trusted(example, {"mersat-agency.example": 3})
    assert 3 in {item.trusted for claim in weighed.claims for item in claim.evidence}
    assert weighed.seal != example.seal
    assert audit(weighed).holds


def test_every_text_that_was_judged_has_its_hash(example: Report) -> None:
    texts = {digest(one.text) for one in _all_coverage()}
    assert {one.sha256 for one in example.documents} <= texts
    assert [one.document_id for one in example.documents] == list(documents_named(example))


def _all_coverage() -> list[Document]:
    lines = (EXAMPLE / "coverage.jsonl").read_text("utf-8").splitlines()
    return [Document.of(json.loads(line)["text"]) for line in lines] + list(example_coverage().values())


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", AuditFault.NOT_A_REPORT),
        (b"\xff\xfe", AuditFault.NOT_A_REPORT),
        (b"[" * 100_000, AuditFault.NOT_A_REPORT),
        (b"[]", AuditFault.NOT_ITS_FORM),
        (b'{"run_id": "r", "run_id": "s"}', AuditFault.NOT_ITS_FORM),
        (b'{"run_id": NaN}', AuditFault.NOT_ITS_FORM),
    ],
    ids=["nothing", "no text", "depth", "a list", "twice", "not a number"],
)
def test_what_is_no_report_is_told_so(data: bytes, fault: AuditFault) -> None:
    told = audit_json(data)
    assert (told.holds, told.run_id) == (False, None)
    assert {problem.fault for problem in told.problems} == {fault}


def test_a_number_beyond_all_measure_is_told(example: Report) -> None:
    told = dumped(example)
    assert isinstance(told, dict)
    told["searched"] = {"documents": 10**30}
    assert not audit_json(json.dumps(told).encode()).holds


def test_half_a_character_leaves_a_report_without_a_seal() -> None:
    broken = report_of(english_report().article.model_copy(update={"title": "half \ud83d"}), ())
    assert sealed(broken).seal is None


_TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ['ends ,5.5 or "', ":1e5", "\x00\x1f\x7f\u2028", "\ue000"]
)
_NUMBERS = (
    st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([1e21, -0.0])
)
_VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXTS,
    lambda some: st.lists(some, max_size=4) | st.dictionaries(_TEXTS, some, max_size=4),
    max_leaves=12,
)


@given(_VALUES)
def test_what_is_hashed_is_canonical_json_whatever_it_holds(value: JsonValue) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", ["half \ud800", 2**53, [-(2**60)], float("inf"), {"a": float("nan")}], ids=repr)
def test_what_no_json_can_carry_is_not_hashed(value: JsonValue) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical(value)
