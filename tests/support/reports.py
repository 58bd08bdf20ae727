"""Reports written by hand, as rich as a report can get: what the renderers are built and tested against."""

# ruff: noqa: E501  # quotes are kept on one line, as they stand in their documents
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent.coverage.origins.roots import root_of
from agent.models import (
    ARTICLE,
    AnalystInfo,
    Article,
    Attribution,
    Bond,
    ChangedCopy,
    ClaimEdit,
    CloseCoverage,
    Counts,
    Dependence,
    Document,
    Dropped,
    EditKind,
    Evidence,
    Failure,
    FailureReason,
    Finding,
    FormerClaim,
    Gap,
    Kind,
    Label,
    Passage,
    Report,
    Searched,
    SetAside,
    SourceType,
    Span,
    Stance,
    Step,
    Telling,
    Timings,
    TotalUsage,
    UnreadPart,
    Usage,
    When,
    digest,
)
from agent.verify.findings import counts_of
from agent.verify.policy import count_origins, decide
from agent.verify.summaries import origins_known
from tests.support.grouped import group_origins

EXAMPLE = Path(__file__).parents[2] / "examples" / "withdrawal"
ENGLISH = (
    "The harbour at Port Selby will reopen on Friday, the port authority said. "
    "An official who asked not to be named said the repairs had cost 40 million. "
    "Trade unions say no crane has been repaired. "
    "The mayor expects the first ferry on Saturday."
)
NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)


def example_coverage() -> dict[str, Document]:
    """The example's documents by the host they stand on, the first of each."""
    documents: dict[str, Document] = {}
    for line in (EXAMPLE / "coverage.jsonl").read_text("utf-8").splitlines():
        known = json.loads(line)
        known["published_at"] = datetime.fromisoformat(known["published_at"])
        documents.setdefault(known["url"].split("/")[2].split(".")[0], Document.of(known.pop("text"), **known))
    return documents


def arabic_article() -> Article:
    known = json.loads((EXAMPLE / "article.json").read_text("utf-8"))
    return Article.model_validate({**known, "text": (EXAMPLE / "article.ar.txt").read_text("utf-8")})


def span_of(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start=start, end=start + len(quote))


def evidence(
    document: Document,
    quote: str,
    stance: Stance = Stance.SUPPORTS,
    *,
    independent: bool = True,
    same_speaker: bool = False,
    when: When = When.SAME_DAY,
) -> Evidence:
    """What a document says, in the paragraph that holds the quote."""
    at = span_of(document.text, quote)
    start = document.text.rfind("\n", 0, at.start) + 1
    end = document.text.find("\n", at.end)
    end = len(document.text) if end < 0 else end
    passage = Passage(
        document_id=document.id,
        url=document.url,
        outlet=document.outlet,
        title=document.title,
        published_at=document.published_at,
        language=document.language,
        text=document.text[start:end],
        start=start,
        end=end,
    )
    return Evidence(
        stance=stance,
        quote=quote,
        source="coverage",
        passage=passage,
        origin=_root(document) if independent else ARTICLE,
        independent=independent,
        same_speaker=same_speaker,
        when=when,
    )


def _root(document: Document) -> str:
    root = root_of(document)
    return root.id if root is not None else document.id


def with_origins(report: Report, documents: Iterable[Document]) -> Report:
    """The report with the cards of its origins, as a run would tell them, and every finding's articles counted."""
    known = origins_known(report.article, group_origins(report.article, list(documents)))
    claims = []
    for claim in report.claims:
        shares = tuple(known.shares(claim.evidence))
        counts = {"articles": sum(share.articles for share in shares), "by_origin": shares}
        claims.append(claim.model_copy(update={"origins": claim.origins.model_copy(update=counts)}))
    cards = known.summaries(item for claim in claims for item in claim.evidence)
    return report.model_copy(update={"claims": tuple(claims), "origins": cards})


def from_article(article: Article, quote: str, stance: Stance = Stance.CONTRADICTS) -> Evidence:
    """What another sentence of the article says."""
    own = Document.of(
        article.text,
        title=article.title,
        url=article.url,
        outlet=article.outlet,
        published_at=article.published_at,
        language=article.language,
    )
    known = evidence(own, quote, stance, independent=False)
    passage = known.passage.model_copy(update={"document_id": ARTICLE})
    return known.model_copy(update={"source": "article", "origin": ARTICLE, "passage": passage})


def finding(
    article: Article,
    number: int,
    *quotes: str,
    heard: tuple[Evidence, ...] = (),
    speaker: str | None = None,
    role: str | None = None,
    source: SourceType = SourceType.OUTLET,
    verb: str | None = None,
    kind: Kind = Kind.FACT,
    text: str | None = None,
    articles: int | None = None,
    gap: Gap | None = None,
    unheard: Failure | None = None,
) -> Finding:
    """A claim whose label the real policy decides."""
    verdict = decide(heard, unheard=unheard, gap=gap)
    return Finding(
        id=f"c{number}",
        text=text or quotes[0],
        spans=tuple(span_of(article.text, quote) for quote in quotes),
        quote=quotes[0],
        attribution=Attribution(speaker=speaker, role=role, source=source, verb=verb),
        kind=kind,
        evidence=heard,
        origins=count_origins(heard, len(heard) if articles is None else articles),
        **dict(verdict),
    )


def report_of(
    article: Article, claims: tuple[Finding, ...], *, analyst: AnalystInfo | None = None, **known: object
) -> Report:
    """A report around findings, its counts counted."""
    counts = Counts(
        corroborated=sum(c.label is Label.CORROBORATED for c in claims),
        contested=sum(c.label is Label.CONTESTED for c in claims),
        unsourced=sum(c.label is Label.UNSOURCED for c in claims),
        failed=sum(c.label is None for c in claims),
    )
    parts = {
        "run_id": "sample-run",
        "analyst": analyst or lexical(),
        "searched": Searched(documents=17, in_window=14, passages=41),
        "dropped": Dropped(claims_without_quote=1, evidence_without_quote=2),
        "usage": TotalUsage(),
        "timings": Timings(total_s=1.42, by_step={"extract": 0.21, "retrieve": 0.4, "judge": 0.6}),
        **known,
    }
    return Report.model_validate({"article": article, "claims": claims, "counts": counts, **parts})


def lexical() -> AnalystInfo:
    return AnalystInfo(kind="lexical", embedder="built-in-512", measured={"stance": 0.61, "claims": 0.7})


def model_info() -> AnalystInfo:
    return AnalystInfo(
        kind="model",
        model="example-model-large",
        embedder="example-embedding",
        prompts={"extract": "sha256:0b1c2d3e4f", "judge": "sha256:a1b2c3d4e5"},
    )


def arabic_report() -> Report:
    """The example story, every label in it, a failure, an unread part, overlapping and repeated spans."""
    article, told = arabic_article(), example_coverage()
    mersat, harbour, sabah, copy = (
        told["mersat-agency"],
        told["harbour-ledger"],
        told["sabah-report"],
        told["meena-network"],
    )
    before, after = When.BEFORE, When.AFTER
    timeout = Failure(
        step=Step.JUDGE, reason=FailureReason.TIMEOUT, message="No byte for 15 s, after 6 tries (call of origin d7)."
    )
    claims = (
        finding(
            article, 1, "الجزء الأكبر من القوات الروسية سيبدأ الانسحاب من سوريا يوم الثلاثاء",
            text="سيبدأ الجزء الأكبر من القوات الروسية الانسحاب من سوريا يوم الثلاثاء 15 آذار/مارس 2016.",
            speaker="فلاديمير بوتين", role="الرئيس الروسي", source=SourceType.NAMED, verb="أعلن", articles=6,
            heard=(
                evidence(mersat, "أمراً ببدء سحب الجزء الأكبر من القوات الروسية من سوريا", when=before, same_speaker=True),
                evidence(harbour, "ordered the main part of Russia's military contingent in Syria to start pulling out on Tuesday", when=before, same_speaker=True),
                evidence(copy, "الجزء الأكبر من القوات الروسية سيبدأ الانسحاب من سوريا يوم الثلاثاء", independent=False, same_speaker=True),
                evidence(sabah, "إن موسكو لا تغادر سوريا وإن ما تسحبه هو ما زاد على حاجتها", Stance.QUALIFIES),
            ),
        ),
        finding(
            article, 2, "الانسحاب من سوريا يوم الثلاثاء",
            text="يبدأ الانسحاب من سوريا يوم الثلاثاء.", speaker="فلاديمير بوتين", source=SourceType.NAMED, articles=1,
            heard=(evidence(told["northquay-times"], "left the Hmeimim air base in Syria on Tuesday morning"),),
        ),
        finding(
            article, 3, "المهام التي أُسندت إلى وزارة الدفاع أُنجزت في مجملها",
            speaker="بوتين", source=SourceType.NAMED, verb="قال", articles=4,
            heard=(
                evidence(mersat, "المهام الموكلة إلى وزارة الدفاع أُنجزت في مجملها", when=before, same_speaker=True),
                evidence(harbour, "the tasks set for the defence ministry had on the whole been accomplished", when=before, same_speaker=True),
            ),
        ),
        finding(
            article, 4, "وكان بوتين قد أبلغ الرئيس السوري بشار الأسد بالقرار في اتصال هاتفي مساء الاثنين", articles=3,
            text="أبلغ بوتين الأسد بقرار سحب القوات في اتصال هاتفي مساء الاثنين 14 آذار/مارس 2016.",
            heard=(
                evidence(told["asima-bulletin"], "تلقى مساء الاثنين اتصالاً هاتفياً من الرئيس الروسي فلاديمير بوتين، أبلغه فيه بقرار تقليص عدد القوات", when=before),
                evidence(mersat, "بوتين أجرى مساء الاثنين اتصالاً هاتفياً بالرئيس السوري بشار الأسد وأبلغه بقرار سحب القوات", when=before),
            ),
        ),
        finding(
            article, 5, "نحن لا نغادر سوريا، وما يجري هو سحب ما زاد على حاجتنا",
            text="روسيا لا تغادر سوريا، وما يجري هو سحب ما زاد على حاجتها.",
            speaker="رئيس ديوان الرئاسة الروسية", source=SourceType.NAMED, verb="قال", articles=3,
            heard=(
                from_article(article, "الجزء الأكبر من القوات الروسية سيبدأ الانسحاب من سوريا يوم الثلاثاء"),
                evidence(sabah, "إن موسكو لا تغادر سوريا وإن ما تسحبه هو ما زاد على حاجتها", same_speaker=True),
                evidence(mersat, "أمراً ببدء سحب الجزء الأكبر من القوات الروسية من سوريا", Stance.CONTRADICTS, when=before),
            ),
        ),
        finding(
            article, 6, "نحو ثلاثة آلاف عسكري سيعودون إلى روسيا في الأسابيع المقبلة",
            speaker="مصدر عسكري روسي", source=SourceType.ANONYMOUS, verb="قدّر", kind=Kind.FORECAST,
            heard=(evidence(told["qandeel-magazine"], "نحو ألفي عسكري فقط سيعودون إلى روسيا في الأسابيع المقبلة", Stance.QUALIFIES, when=after),),
        ),
        finding(
            article, 7, "القيادة السورية أُبلغت بموعد الإعلان قبل عدة أيام",
            speaker="مصدر أمني سوري", source=SourceType.ANONYMOUS, verb="قال",
            heard=(
                evidence(told["canal-courier"], "They were not told in advance. Damascus learned of the date on Monday evening, like everyone else", Stance.CONTRADICTS),
                evidence(copy, "القيادة السورية أُبلغت بموعد الإعلان قبل عدة أيام", independent=False, same_speaker=True),
            ),
        ),
        finding(
            article, 8, "طهران \"كانت على علم مسبق بالخطوة\"",
            speaker="المصدر", role="مصدر أمني سوري", source=SourceType.ANONYMOUS, verb="أضاف",
            heard=(evidence(copy, "طهران \"كانت على علم مسبق بالخطوة\"", independent=False, same_speaker=True),),
        ),
        finding(
            article, 9, "الطيران سيواصل ضرب مواقع تنظيم \"داعش\" في سوريا",
            speaker="نائب وزير الدفاع الروسي", source=SourceType.NAMED, verb="قال", kind=Kind.FORECAST,
            unheard=timeout, articles=1,
        ),
        finding(
            article, 10, "شاهدوا قوافل شاحنات عسكرية تتجه نحو ميناء طرطوس",
            speaker="سكان في ريف اللاذقية", source=SourceType.ANONYMOUS, verb="قال", gap=Gap.NOT_FOUND,
        ),
    )  # fmt: skip
    unread = UnreadPart(
        span=span_of(
            article.text, "وفي جنيف، قالت الأمم المتحدة إن جولة جديدة من المحادثات السورية انطلقت يوم الاثنين."
        ),
        failure=Failure(
            step=Step.EXTRACT, reason=FailureReason.MALFORMED, message="The answer was not valid JSON, twice."
        ),
    )
    report = report_of(
        article,
        claims,
        unread=(unread,),
        notices=("A document at open-noticeboard.example tries to give the reading program orders.",),
    )
    return with_origins(report, told.values())


def edited_report() -> Report:
    """The short report, after one claim was reworded and another set aside."""
    report = english_report()
    first, second, *others = report.claims
    former = [
        FormerClaim(**{name: getattr(one, name) for name in FormerClaim.model_fields}) for one in (first, second)
    ]
    made: dict[str, Any] = {"who": "Ada Quill", "edited_at": NOON, "asked": digest("asked")}
    reworded = ClaimEdit(
        kind=EditKind.REWORD, version=2, before=(former[0],), claim_ids=(first.id,), analyst="lexical", **made
    )
    reason = "The official tells what others hope."
    removed = ClaimEdit(kind=EditKind.SET_ASIDE, version=3, before=(former[1],), reason=reason, **made)
    aside = SetAside(**dict(former[1]), reason=reason, who="Ada Quill", set_aside_at=NOON)
    claims = (first.model_copy(update={"text": "Port Selby will open on Friday."}), *others)
    edited = report.model_copy(
        update={"claims": claims, "counts": counts_of(claims), "edits": (reworded, removed), "set_aside": (aside,)}
    )
    cited = {item.origin for claim in claims for item in claim.evidence}
    return edited.model_copy(update={"origins": tuple(card for card in report.origins if card.id in cited)})


def altered_report() -> Report:
    """The example story with a copy that changed a number and a day."""
    report = arabic_report()
    cards = [card.model_copy(update={"tellings": tuple(map(_altered, card.tellings))}) for card in report.origins]
    return report.model_copy(update={"origins": tuple(cards)})


def _altered(telling: Telling) -> Telling:
    is_jisr = telling.url is not None and "jisr-portal" in telling.url
    return telling.model_copy(update={"changed": ("14 → 41", "الاثنين → الثلاثاء")}) if is_jisr else telling


def english_report() -> Report:
    """A short left-to-right report read by a model, with costs; one claim told in two places."""
    article = Article(
        text=ENGLISH, title="Port Selby to reopen", url="https://quay-gazette.example/selby", outlet="Quay Gazette",
        published_at=NOON, language="en",
    )  # fmt: skip
    union = Document.of(
        "A union survey counted two repaired cranes at Port Selby. The port authority repeated that it reopens on Friday.",
        title="Two cranes work", url="https://dock-voice.example/cranes", outlet="Dock Voice",
        published_at=NOON + timedelta(days=1), language="en",
    )  # fmt: skip
    claims = (
        finding(
            article, 1, "The harbour at Port Selby will reopen on Friday", "the first ferry on Saturday",
            speaker="the port authority", source=SourceType.INSTITUTION, verb="said", kind=Kind.FORECAST,
            heard=(evidence(union, "The port authority repeated that it reopens on Friday", same_speaker=True, when=When.AFTER),),
        ),
        finding(
            article, 2, "the repairs had cost 40 million", speaker="An official", source=SourceType.ANONYMOUS,
            gap=Gap.BELOW_THRESHOLD,
        ),
        finding(
            article, 3, "no crane has been repaired", speaker="Trade unions", source=SourceType.INSTITUTION,
            heard=(evidence(union, "two repaired cranes at Port Selby", Stance.CONTRADICTS, when=When.AFTER),),
        ),
    )  # fmt: skip
    spent = Usage(calls=4, prompt_tokens=5210, cached_tokens=3072, completion_tokens=811, cost=0.0123)
    report = report_of(
        article,
        claims,
        analyst=model_info(),
        usage=TotalUsage(**dict(spent), by_step={Step.EXTRACT: Usage(calls=1), Step.JUDGE: Usage(calls=3)}),
        dropped=Dropped(),
    )
    return with_origins(report, [union])


def hostile_report(poison: str) -> Report:
    """A report in which every text that comes from outside carries the poison."""
    article = Article(
        text=f"{poison} The bridge is closed. {poison}", title=poison, url="javascript:alert(1)", outlet=poison,
        language="en",
    )  # fmt: skip
    document = Document.of(
        f"{poison} The bridge is open. {poison}",
        title=poison,
        url="javascript:alert(2)",
        outlet=poison,
        language="en",
    )
    claim = finding(
        article, 1, "The bridge is closed", text=f"{poison} closed", speaker=poison, role=poison, verb=poison,
        source=SourceType.NAMED,
        heard=(evidence(document, f"{poison} The bridge is open", Stance.CONTRADICTS, when=When.UNKNOWN),),
    )  # fmt: skip
    copy = ChangedCopy(
        document_id="d0", outlet=poison, title=poison, url="javascript:alert(3)", language="en", of=ARTICLE,
        told=poison, says=poison, quote=poison,
    )  # fmt: skip
    passage = Passage.of(document, Span(start=0, end=len(document.text)))
    close = CloseCoverage(
        passage=passage, origin=poison, similarity=0.5, names=(poison,), numbers=(poison,), numbers_differ=(poison,)
    )
    claim = claim.model_copy(update={"changed_copies": (copy,), "close": (close,)})
    failure = Failure(step=Step.JUDGE, reason=FailureReason.MALFORMED, message=poison)
    failed = finding(article, 2, "bridge", speaker=poison, unheard=failure)
    report = with_origins(report_of(article, (claim, failed), notices=(poison,)), [document])
    (card,) = report.origins
    tellings = tuple(one.model_copy(update={"quote": poison}) for one in card.tellings)
    return report.model_copy(update={"origins": (card.model_copy(update={"tellings": tellings}),)})


def close_arabic() -> CloseCoverage:
    """A report in another language, and from right to left, beside a claim."""
    document = Document.of(
        "قالت النقابات في بورت سيلبي إن ثلاث رافعات من أصل 12 لم تُصلَّح.", outlet="صدى الميناء",
        url="https://sada-port.example/cranes", published_at=NOON, language="ar",
    )  # fmt: skip
    return CloseCoverage(
        passage=Passage.of(document, Span(start=0, end=len(document.text))),
        origin="outlet:صدى الميناء",
        similarity=0.52,
        names=("سيلبي",),
        numbers=("12",),
        dates=(NOON.date(),),
        numbers_differ=("70",),
    )


CREDIT = "The Quay Gazette has a long piece on it"


def retold_report() -> Report:
    """An article whose claims are retold with its outlet's name, repeated from the nameless, taken back by the source
    and changed by a copy."""
    article = Article(text=ENGLISH, title="Port Selby", outlet="Quay Gazette", published_at=NOON, language="en")
    review = Document.of(f"Port Selby is to reopen on Friday. {CREDIT}.", outlet="Press Window", language="en")
    rumour = Document.of("Officials say that 40 million was spent.", outlet="Dock Voice", language="en")
    union = Document.of("We were wrong: two cranes work, the unions say.", outlet="Mole Mail", language="en")
    taken = {"independent": False, "dependence": Dependence.TAKEN_FROM_ARTICLE, "origin": "outlet:press window"}
    repeated = {"independent": False, "dependence": Dependence.UNNAMED_SPEAKER, "origin": "outlet:dock voice"}
    claims = (
        finding(
            article, 1, "The harbour at Port Selby will reopen on Friday", speaker="the port authority",
            heard=(evidence(review, "to reopen on Friday").model_copy(update=taken),),
        ),
        finding(
            article, 2, "the repairs had cost 40 million", speaker="An official", source=SourceType.ANONYMOUS,
            heard=(evidence(rumour, "40 million was spent", same_speaker=True).model_copy(update=repeated),),
        ),
        finding(
            article, 3, "no crane has been repaired", speaker="Trade unions", source=SourceType.INSTITUTION,
            heard=(
                evidence(union, "two cranes work", Stance.CONTRADICTS, same_speaker=True).model_copy(
                    update={"corrected": True}
                ),
            ),
        ),
    )  # fmt: skip
    copy = ChangedCopy(
        document_id="d9", outlet="Echo Sheet", url="https://echo.example/9", language="en", of=ARTICLE,
        told="40", says="90", quote="the repairs had cost 90 million",
    )  # fmt: skip
    claims = (
        claims[0],
        claims[1].model_copy(update={"changed_copies": (copy,)}),
        claims[2].model_copy(update={"close": (close_arabic(),)}),
    )
    report = with_origins(report_of(article, claims), [review, rumour, union])
    cards = tuple(
        card.model_copy(
            update={
                "independent": False,
                "tellings": tuple(
                    one.model_copy(update={"why": Bond.CITES_ARTICLE, "quote": CREDIT}) for one in card.tellings
                ),
            }
        )
        if card.name == "Press Window"
        else card
        for card in report.origins
    )
    return report.model_copy(update={"origins": cards})
