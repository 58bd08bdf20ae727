"""What each witness says of a claim, as a statement with the words it rests on: shared by answers that show it."""

from collections.abc import Iterable, Sequence

from agent.chat.answering.citing import of_article, of_evidence, of_passage
from agent.chat.answering.sheet import Sheet
from agent.models import CloseCoverage, Evidence, Finding, Report, Stance, Telling, number_of
from agent.text.isolates import isolated_line
from agent.verify.explain import notes_on, signs_of


def report_of(sheet: Sheet) -> Report:
    assert sheet.report is not None
    return sheet.report


def head(sheet: Sheet, key: str, finding: Finding) -> None:
    """What an answer is about: the claim by its number, its label and its own words."""
    sheet.claim_ids.append(finding.id)
    text = sheet.say(key, number=number_of(finding), label=sheet.say.label(finding.label).lower())
    sheet.state(text, of_article(report_of(sheet), finding), finding=finding)


def state_evidence(sheet: Sheet, finding: Finding, items: Iterable[Evidence]) -> None:
    for item in items:
        sheet.state(evidence_line(sheet, item), of_evidence(report_of(sheet), finding, item), finding=finding)


def evidence_line(sheet: Sheet, item: Evidence) -> str:
    """Who says what, when, and what is to be known of it."""
    say = sheet.say
    if item.source == "article":
        return say("evidence_article", stance=say.stance(item))
    who = say.outlet(item.passage)
    if item.passage.published_at is None:
        text = say("evidence_undated", who=who, stance=say.stance(item))
    else:
        text = say("evidence", who=who, stance=say.stance(item), when=say.when(item.passage, item.when))
    return " · ".join([text, *notes_on(item, say.words)])


def close_by(sheet: Sheet, finding: Finding) -> None:
    """Coverage in another language that nobody compared with the claim."""
    for one in finding.close:
        sheet.state(_close(sheet, one), of_passage(one.passage), finding=finding)


def _close(sheet: Sheet, one: CloseCoverage) -> str:
    words = sheet.say.words
    signs = [
        f"{sign.name}{words.colon}{words('comma').join(map(isolated_line, sign.values))}"
        for sign in signs_of(one, words)
    ]
    return sheet.say(
        "close_told",
        who=sheet.say.outlet(one.passage),
        language=words.language_name(one.passage.language),
        signs=" · ".join(signs),
    )


def of_stance(finding: Finding, stance: Stance) -> list[Evidence]:
    """Whoever counts comes first."""
    found = [item for item in finding.evidence if item.stance is stance]
    return sorted(found, key=lambda item: not item.independent)


def name_of(sheet: Sheet, telling: Telling) -> str:
    return isolated_line(telling.outlet or telling.title or sheet.say.words("unknown_outlet"))


def listed(sheet: Sheet, names: Sequence[object]) -> str:
    return sheet.say.words("comma").join(map(str, names))
