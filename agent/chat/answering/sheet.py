"""What an answer is written on: a report with its corrections, a language, and the statements so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.chat.actions import ActionName
from agent.chat.answering.citing import claims_like, of_article
from agent.chat.answering.wording import Wording
from agent.chat.records import AnswerStatement, ChainShown, ChatAnswer, Citation, Export
from agent.models import Finding, Report, number_of
from agent.storage.reports import Correction
from agent.text import fold
from agent.text.isolates import isolated_line
from agent.verify.editing.telling import edited


@dataclass
class Sheet:
    """Grows while an answer is written."""

    say: Wording
    report: Report | None = None
    corrections: Sequence[Correction] = ()
    statements: list[AnswerStatement] = field(default_factory=list)
    claim_ids: list[str] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)
    answered: bool = True
    chains: list[ChainShown] = field(default_factory=list)

    def tell(self, key: str, **values: object) -> None:
        """Something about Isnad itself: a count, an offer."""
        self.statements.append(AnswerStatement(text=self.say(key, **values)))

    def miss(self, key: str, **values: object) -> None:
        """That what was asked was not understood, or that nothing here holds it."""
        self.answered = False
        self.tell(key, **values)

    def tell_line(self, line: str) -> None:
        self.statements.append(AnswerStatement(text=line))

    def state(self, text: str, *citations: Citation | None, finding: Finding | None = None) -> None:
        """Something about the news, with what it rests on; without that, it is not said."""
        held = tuple(one for one in citations if one is not None)
        if held:
            claim_id, label = (finding.id, finding.label) if finding else (None, None)
            self.statements.append(AnswerStatement(text=text, citations=held, claim_id=claim_id, label=label))

    def show(self, finding: Finding) -> None:
        """A claim with its number and label."""
        assert self.report is not None
        speaker = self.say.speaker(finding)
        if fold(finding.attribution.speaker or "") in fold(finding.text):
            # The claim says itself who says so.
            speaker = None
        key = "claim_by" if speaker else "claim"
        values = {
            "number": number_of(finding),
            "label": self.say.label(finding.label),
            "text": isolated_line(finding.text),
        }
        self.state(self.say(key, **values, speaker=speaker), of_article(self.report, finding), finding=finding)
        self.claim_ids.append(finding.id)
        self.correct(finding)

    def correct(self, finding: Finding) -> None:
        """What people said of its label, as it is worded now, and how they edited it."""
        assert self.report is not None
        for edit in self.report.edits_of(finding.id):
            self.state(edited(edit, self.say.words), of_article(self.report, finding), finding=finding)
        since = self.report.worded_since(finding.id)
        for one in self.corrections:
            if one.claim_id == finding.id and one.version >= since:
                text = self.say(
                    "corrected_by",
                    who=isolated_line(one.who),
                    label=self.say.label(one.label),
                    given=self.say.label(one.given),
                    reason=isolated_line(one.reason),
                )
                self.state(text, of_article(self.report, finding), finding=finding)

    def answer(self, language: str, asked: ActionName | None = None) -> ChatAnswer:
        return ChatAnswer(
            language=language,
            asked=asked,
            answered=self.answered,
            statements=tuple(self.statements),
            run_id=self.report.run_id if self.report else None,
            claim_ids=tuple(dict.fromkeys(self.claim_ids)),
            exports=tuple(self.exports),
            chains=tuple(self.chains),
        )


def chosen(sheet: Sheet, numbers: Sequence[int], words: str, focus: str | None) -> list[Finding] | None:
    """The claims that are meant: by number, by words, or the one last spoken of. None where none is, after saying so;
    an empty list where nothing names one."""
    assert sheet.report is not None
    known = {number_of(finding): finding for finding in sheet.report.claims}
    if numbers:
        for number in numbers:
            if number not in known:
                sheet.miss("no_claim", number=number, count=len(known))
                return None
        return [known[number] for number in numbers]
    if words:
        found = claims_like(sheet.report, words, most=1)
        if not found:
            sheet.miss("no_such_words", words=isolated_line(words))
            return None
        return found
    return [finding for finding in known.values() if finding.id == focus]
