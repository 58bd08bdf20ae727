"""Answers about the claims of a report: the list, one label, the words, the first who told."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from agent.chat.actions import Action
from agent.chat.answering.checked import tell_reviews
from agent.chat.answering.citing import of_article, of_evidence
from agent.chat.answering.evidence_lines import close_by, of_stance, state_evidence
from agent.chat.answering.sheet import Sheet
from agent.chat.answering.wording import shortened
from agent.coverage.intake.headed import has_headline
from agent.models import (
    Evidence,
    Finding,
    Label,
    OriginSummary,
    Report,
    SourceType,
    Stance,
    Telling,
    Verdict,
    When,
    number_of,
)
from agent.text.isolates import isolated_line
from agent.verify.explain import explain
from agent.verify.notices import read_from_text

_MOST_EVIDENCE = 8
_UNNAMED = (SourceType.ANONYMOUS, SourceType.GROUP)
_ORDER = (Stance.CONTRADICTS, Stance.SUPPORTS, Stance.QUALIFIES)


def summarise(sheet: Sheet) -> None:
    """What came of a verification, and its claims."""
    report = _report(sheet)
    counts = report.counts
    sheet.tell("summary", claims=sheet.say.words.count("claims", len(report.claims)), **counts.model_dump())
    if counts.failed:
        sheet.tell("summary_failed", count=sheet.say.words.count("claims", counts.failed))
    if report.unread:
        sheet.tell("unread_part")
    if report.article.read_from_text:
        sheet.tell_line(isolated_line(read_from_text(report.article, sheet.say.words)))
    if has_headline(report.article.text, report.article.language):
        sheet.tell_line(sheet.say.words("headline_unchecked"))
    for notice in report.notices:
        sheet.tell("lead_notice", notice=isolated_line(notice))
    for finding in report.claims:
        sheet.show(finding)
        tell_reviews(sheet, finding)
    _offer(sheet, report)


def _offer(sheet: Sheet, report: Report) -> None:
    first = next((one for one in report.claims if one.label is Label.CONTESTED), None)
    if first is not None:
        sheet.tell("ask_on", number=number_of(first))
    elif report.claims:
        sheet.tell("ask_on_any")


def list_claims(sheet: Sheet, action: Action) -> None:
    """All claims, or those with a label or from sources without a name, one or many."""
    report = _report(sheet)
    wanted = [one for one in report.claims if _is_wanted(one, action)]
    if not wanted:
        sheet.tell("none_such" if report.claims else "no_claims_in")
        return
    sheet.tell("some_of", count=sheet.say.words.count("claims", len(wanted)), all=len(report.claims))
    for finding in wanted:
        sheet.show(finding)


def _is_wanted(finding: Finding, action: Action) -> bool:
    if action.anonymous and finding.attribution.source not in _UNNAMED:
        return False
    if action.numbers and number_of(finding) not in action.numbers:
        return False
    return action.label is None or (finding.label is action.label) is not action.other


def explain_label(sheet: Sheet, finding: Finding) -> None:
    """Why a claim is labelled as it is: the article's words, then everybody who was heard."""
    report = _report(sheet)
    sheet.claim_ids.append(finding.id)
    text = sheet.say(
        "is_labelled", number=number_of(finding), label=_in_line(sheet, finding), why=why_labelled(sheet, finding)
    )
    sheet.state(text, of_article(report, finding), finding=finding)
    tell_reviews(sheet, finding)
    speaker = sheet.say.speaker(finding)
    if speaker:
        source = sheet.say.words(f"source.{finding.attribution.source.value}")
        sheet.state(sheet.say("says_it_by", speaker=speaker, source=source), of_article(report, finding))
    evidence = [item for stance in _ORDER for item in of_stance(finding, stance)]
    state_evidence(sheet, finding, evidence[:_MOST_EVIDENCE])
    if len(evidence) > _MOST_EVIDENCE:
        sheet.tell("more_evidence", count=len(evidence) - _MOST_EVIDENCE)
    close_by(sheet, finding)
    if not (evidence or finding.close):
        sheet.tell("nothing_beside", words=isolated_line(shortened(finding.text, 80)))
    sheet.correct(finding)


def _in_line(sheet: Sheet, finding: Finding) -> str:
    return sheet.say.label(finding.label).lower()


def why_labelled(sheet: Sheet, finding: Finding) -> str:
    """The reason of a label in a sentence or a few."""
    verdict = Verdict(
        label=finding.label,
        rests_on=finding.rests_on,
        unsourced_because=finding.unsourced_because,
        failure=finding.failure,
    )
    return explain(
        verdict, finding.evidence, finding.origins, sheet.say.language, finding.changed_copies, finding.close
    )


def show_original(sheet: Sheet, finding: Finding) -> None:
    """Every place of a claim in the article, to the letter."""
    report = _report(sheet)
    sheet.claim_ids.append(finding.id)
    for span in finding.spans:
        text = sheet.say("original", number=number_of(finding), start=span.start, end=span.end)
        sheet.state(text, of_article(report, finding, span), finding=finding)


def tell_earliest(sheet: Sheet, finding: Finding) -> None:
    """Who said it first, by the dates that are known; and who first said otherwise."""
    report = _report(sheet)
    sheet.claim_ids.append(finding.id)
    coverage = [item for item in finding.evidence if item.source == "coverage"]
    supporting = [item for item in coverage if item.stance is Stance.SUPPORTS]
    first = _first(supporting)
    if first is None:
        sheet.state(sheet.say("earliest_none", number=number_of(finding)), of_article(report, finding))
    else:
        _tell_first(sheet, finding, "earliest", first, number=number_of(finding))
        _tell_earlier_copy(sheet, finding, first)
    contrary = _first([item for item in coverage if item.stance is Stance.CONTRADICTS])
    if contrary is not None:
        _tell_first(sheet, finding, "earliest_contrary", contrary)
    _tell_dates(sheet, coverage)


def tell_earliest_of_all(sheet: Sheet) -> None:
    """The earliest of everything that was found for the article."""
    report = _report(sheet)
    heard = [(item, one) for one in report.claims for item in one.evidence if item.source == "coverage"]
    first = _first([item for item, _ in heard])
    if first is None:
        sheet.tell("none_dated")
        return
    finding = next(one for item, one in heard if item is first)
    _tell_first(sheet, finding, "earliest_all", first)
    _tell_earlier_copy(sheet, finding, first)
    seen = {item.passage.document_id: item for item, _ in heard}
    _tell_dates(sheet, seen.values())


def _first(items: Sequence[Evidence]) -> Evidence | None:
    dated = [(item.passage.published_at, n, item) for n, item in enumerate(items) if item.passage.published_at]
    return min(dated)[2] if dated else None


def _tell_first(sheet: Sheet, finding: Finding, key: str, item: Evidence, **values: object) -> None:
    day = item.passage.published_at
    assert day is not None
    when = f" ({sheet.say.words(f'when.{item.when.value}')})" if item.when is not When.UNKNOWN else ""
    moment = f"{_moment(sheet, day)}{when}"
    text = sheet.say(key, who=sheet.say.outlet(item.passage), day=moment, **values)
    sheet.state(text, of_evidence(_report(sheet), finding, item), finding=finding)


def _tell_earlier_copy(sheet: Sheet, finding: Finding, item: Evidence) -> None:
    """A copy of the same report, where one bears an earlier date than the witness that was heard for all."""
    report = _report(sheet)
    summary: OriginSummary | None = next((one for one in report.origins if one.id == item.origin), None)
    tellings = [one for one in (summary.tellings if summary else ()) if one.published_at]
    earlier: Telling | None = min(
        tellings, key=lambda one: one.published_at or datetime.max.replace(tzinfo=UTC), default=None
    )
    moment = item.passage.published_at
    if earlier and earlier.published_at and moment and earlier.published_at < moment:
        who = isolated_line(earlier.outlet or earlier.title or sheet.say.words("unknown_outlet"))
        text = sheet.say("earliest_copy", day=_moment(sheet, earlier.published_at), who=who)
        sheet.state(text, of_evidence(report, finding, item), finding=finding)


def _tell_dates(sheet: Sheet, items: Iterable[Evidence]) -> None:
    undated = sum(item.passage.published_at is None for item in items)
    if undated:
        sheet.tell("earliest_undated", count=sheet.say.words.count("articles", undated))
    published = _report(sheet).article.published_at
    if published is not None:
        sheet.tell("earliest_article", day=sheet.say.day(published))
    else:
        sheet.tell("article_undated")


def _moment(sheet: Sheet, value: datetime) -> str:
    moment = value.astimezone(UTC)
    return f"{sheet.say.day(moment)}, {moment:%H:%M} UTC" if moment.hour or moment.minute else sheet.say.day(moment)


def _report(sheet: Sheet) -> Report:
    assert sheet.report is not None
    return sheet.report
