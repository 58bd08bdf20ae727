"""What became of a report since it was made: its versions, labels that changed and why, what people corrected."""

from agent.chat.answering.checked import who_checked
from agent.chat.answering.citing import of_article
from agent.chat.answering.evidence_lines import listed, report_of
from agent.chat.answering.sheet import Sheet
from agent.models import Finding, Label, ReviewOf
from agent.service.workspace import History
from agent.storage.reports import Recorded
from agent.text.isolates import isolated_line
from agent.verify.editing.telling import edited, numbers_of


def tell_changes(sheet: Sheet, history: History) -> None:
    made = sheet.say.day(history.versions[0].made_at)
    if not history.changes and not history.edits:
        sheet.tell("changes_none", day=made)
    else:
        sheet.tell("changes_some", day=made)
    for change in history.changes:
        _tell(sheet, change)
    for edit in history.edits:
        numbers = sheet.say("edit.numbers", numbers=numbers_of(edit, sheet.say.words))
        sheet.tell_line(f"{numbers}{sheet.say.words.colon}{edited(edit, sheet.say.words)}")
    for one in history.corrections:
        finding = next((claim for claim in report_of(sheet).claims if claim.id == one.claim_id), None)
        if finding is not None:
            sheet.show(finding)
    sheet.tell("changes_look")


def _tell(sheet: Sheet, change: Recorded) -> None:
    say, report = sheet.say, report_of(sheet)
    finding = next((one for one in report.claims if one.id == change.claim_id), None)
    if finding is None:
        return
    sheet.claim_ids.append(finding.id)
    if change.relabelled or change.documents:
        _tell_evidence(sheet, change, finding)
    told = {f"changed_reviews.{of.value}": [one for one in change.reviews if one.of is of] for of in ReviewOf}
    for key, some in {**told, "changed_reviews_gone": change.reviews_gone}.items():
        if some:
            by = listed(sheet, [who_checked(sheet, one) for one in some])
            text = say(key, number=int(change.claim_id[1:]), day=say.day(change.changed_at), by=by)
            sheet.state(text, of_article(report, finding), finding=finding)


def _tell_evidence(sheet: Sheet, change: Recorded, finding: Finding) -> None:
    say = sheet.say
    by = listed(
        sheet, [isolated_line(one.outlet or one.title or say.words("unknown_outlet")) for one in change.documents]
    )
    key = "changed_label" if change.relabelled else "changed_evidence"
    text = say(
        key,
        number=int(change.claim_id[1:]),
        old=_label(sheet, change.old_label),
        new=_label(sheet, change.new_label),
        day=say.day(change.changed_at),
        by=by or say.words("unknown_outlet"),
    )
    sheet.state(text, of_article(report_of(sheet), finding), finding=finding)


def _label(sheet: Sheet, label: Label | None) -> str:
    return sheet.say.label(label).lower()
