"""What the tools answer for whoever reads: our own sentences, and between fences what others wrote.

A client's model reads this. Words from outside stand between tags that they cannot guess, so they cannot end their
block and go on as if they were ours.
"""

from collections.abc import Iterator, Sequence

from agent.coverage.search.found import SearchHit
from agent.doors.mcp.outcomes import AddedCoverage, CheckedStatement, ClaimLine, Explained, GatheredCoverage, Verified
from agent.doors.mcp.reviews import review_lines
from agent.doors.render.look import sorted_evidence
from agent.doors.render.summary import uncompared
from agent.messages import Words
from agent.models import ChangedCopy, CloseCoverage, Evidence, Failure, Finding, Label, OriginSummary, Passage
from agent.prompts import Fence
from agent.verify.explain import notes_on, signs_of

# Longer answers crowd out the conversation; everything is in the structured content and in the resource.
_MOST_CLAIMS = 60
_MOST_EVIDENCE = 30
_MOST_REMARKS = 20


class ToolText:
    """The text of every answer in one language."""

    def __init__(self, fence: Fence, words: Words) -> None:
        self._fence = fence
        self._words = words

    @property
    def caution(self) -> str:
        return self._words("caution")

    @property
    def instructions(self) -> str:
        return f"{self._words('instructions')}\n\n{self.caution}"

    def verified(self, verified: Verified) -> str:
        words = self._words
        labels = ((count, words(f"label.{name}").lower()) for name, count in verified.counts.model_dump().items())
        counts = words("comma").join(f"{count} {label}" for count, label in labels)
        claims = words.count("claims", len(verified.claims))
        lines = [
            words("ran_with_counts", run=verified.run_id, claims=claims, counts=counts, report=verified.report),
            *self._searched(verified),
        ]
        if not verified.complete:
            lines.append(words("incomplete"))
        lines += [self.caution, *(self._fence("notice", notice) for notice in verified.notices)]
        for line in verified.claims[:_MOST_CLAIMS]:
            lines += ["", *self._line(line)]
        if len(verified.claims) > _MOST_CLAIMS:
            lines += ["", words("more_claims", n=len(verified.claims) - _MOST_CLAIMS)]
        return "\n".join([*lines, "", self._words("policy_in_short")])

    def _line(self, line: ClaimLine) -> Iterator[str]:
        yield f"{line.number} ({line.id}) {self._label(line.label)}. {line.explanation}"
        if line.failure:
            yield self._fence("failure", line.failure)
        yield from review_lines(line.reviews, self._words, self._fence)
        yield self._fence("claim", line.text)

    def _label(self, label: Label | None) -> str:
        return self._words(f"label.{label.value if label else 'failed'}").lower()

    def checked(self, checked_statement: CheckedStatement) -> str:
        words = self._words
        claims = words.count("claims", len(checked_statement.claims))
        lines = [
            words("ran", run=checked_statement.run_id, claims=claims, report=checked_statement.report),
            *self._searched(checked_statement),
            self.caution,
        ]
        if not checked_statement.claims:
            lines.append(words("no_claim"))
        for number, finding in enumerate(checked_statement.claims, 1):
            lines += ["", *self._finding(number, finding)]
        return "\n".join([*lines, "", self._words("policy_in_short")])

    def explained(self, explained: Explained) -> str:
        lines = [
            self.caution,
            "",
            *self._finding(explained.number, explained.claim),
            *self._origins(explained.origins),
        ]
        return "\n".join([*lines, "", self._words("policy_in_short")])

    def _finding(self, number: int, finding: Finding) -> Iterator[str]:
        yield f"{number} ({finding.id}) {self._label(finding.label)}. {finding.explanation}"
        if finding.failure:
            yield self._failed(finding.failure)
            yield self._fence("failure", finding.failure.message)
        yield from review_lines(finding.reviews, self._words, self._fence)
        yield self._fence("claim", finding.text)
        yield self._words("its_words")
        yield self._fence("quote", finding.quote)
        who = finding.attribution
        if who.speaker:
            yield self._words("said_by", source=self._words(f"source.{who.source.value}"))
            yield self._fence("speaker", " · ".join(filter(None, [who.speaker, who.role])))
        shown = sorted_evidence(finding)
        for item in shown[:_MOST_EVIDENCE]:
            yield from self._evidence(item)
        for one in finding.changed_copies:
            yield from self._changed_copy(one)
        for close in finding.close:
            yield from self._close(close)
        if len(shown) > _MOST_EVIDENCE:
            yield self._words("more_evidence", n=len(shown) - _MOST_EVIDENCE)

    def _failed(self, failure: Failure) -> str:
        step, reason = self._words(f"step.{failure.step.value}"), self._words(f"reason.{failure.reason.value}")
        return self._words("step_failed", step=step, reason=reason)

    def _evidence(self, item: Evidence) -> Iterator[str]:
        words = self._words
        if item.source == "article":
            lines = [words("elsewhere_in_article").lower(), words("not_counted")]
        else:
            lines = [words("from_coverage", when=words(f"when.{item.when}")), *notes_on(item, words)]
        if item.independent:
            lines.append(words("counted"))
        yield f"- {words(f'stance.{item.stance.value}').lower()} ({'; '.join(lines)}){words.colon.rstrip()}"
        yield from self._passage(item.passage, item.quote)

    def _changed_copy(self, one: ChangedCopy) -> Iterator[str]:
        yield f"- {self._words('copy_is_otherwise')}"
        yield self._fence("source", " · ".join(filter(None, [one.outlet, one.title, one.url])) or one.document_id)
        yield self._fence("quote", one.quote)

    def _close(self, one: CloseCoverage) -> Iterator[str]:
        differing = [sign for sign in signs_of(one, self._words) if sign.differs]
        text = "".join(f"; {sign.name} {self._words('comma').join(sign.values)}" for sign in differing)
        yield f"- {self._words('close_is_not_compared')}{text}"
        yield from self._passage(one.passage, one.passage.text)

    def _passage(self, passage: Passage, words: str) -> Iterator[str]:
        day = f"{passage.published_at:%Y-%m-%d}" if passage.published_at else None
        known = " · ".join(filter(None, [passage.outlet, passage.title, day, passage.url]))
        if known:
            yield self._fence("source", known)
        yield self._fence("quote", words)

    def _origins(self, origins: Sequence[OriginSummary]) -> Iterator[str]:
        for one in origins:
            counted = self._words("counted_once" if one.independent else "counted_not")
            yield f"- {self._words.count('origin', one.articles).replace('{counted}', counted)}"
            yield self._fence("source", one.name or one.id)

    def found(self, passages: Sequence[SearchHit]) -> str:
        if not passages:
            return self._words("nothing_found")
        lines, first = [self.caution], dict[str, int]()
        for number, one in enumerate(passages, 1):
            before = first.setdefault(one.origin, number)
            same = f" ({self._words('same_origin', n=before)})" if before < number else ""
            lines += ["", f"{number}.{same}", *self._passage(one.passage, one.passage.text)]
        return "\n".join(lines)

    def gathered(self, gathered_coverage: GatheredCoverage) -> str:
        words = self._words
        numbers = gathered_coverage.model_dump(include={"found", "new", "fetched", "added", "robots"})
        lines = [
            words("gathered", sources=words("comma").join(gathered_coverage.sources), **numbers),
            words("gather_checked" if gathered_coverage.added else "gather_same"),
        ]
        if gathered_coverage.remarks:
            lines.append(self.caution)
        lines += [self._fence("remark", remark) for remark in gathered_coverage.remarks[:_MOST_REMARKS]]
        labels = (
            (count, words(f"label.{name}").lower()) for name, count in gathered_coverage.counts.model_dump().items()
        )
        counts = words("comma").join(f"{count} {label}" for count, label in labels)
        claims = words.count("claims", sum(gathered_coverage.counts.model_dump().values()))
        return "\n".join(
            [
                *lines,
                words(
                    "ran_with_counts",
                    run=gathered_coverage.run_id,
                    claims=claims,
                    counts=counts,
                    report=gathered_coverage.report,
                ),
            ]
        )

    def added(self, added_coverage: AddedCoverage) -> str:
        key = "added_known" if added_coverage.known else "added"
        what = self._words(
            key, id=added_coverage.document_id, characters=self._words.number(added_coverage.characters)
        )
        known = " · ".join(filter(None, [added_coverage.outlet, added_coverage.title, added_coverage.url]))
        return f"{what}\n{self.caution}\n{self._fence('source', known)}"

    def _searched(self, value: Verified | CheckedStatement) -> Iterator[str]:
        words, searched = self._words, value.searched
        yield words(
            "searched",
            documents=words.number(searched.documents),
            in_window=words.number(searched.in_window),
            passages=words.number(searched.passages),
        )
        if left := uncompared(searched, words):
            yield words("uncompared", left=left)
