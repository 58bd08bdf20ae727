"""Past claims are found by their words, whatever came and went since the last question."""

from agent.config import Settings
from agent.models import Report
from agent.storage.reports import Reports, key_of, open_reports
from agent.watch.claim_words import words_of_claims
from tests.support.reports import english_report


def _keep(reports: Reports, run_id: str, *texts: str) -> Report:
    sample = english_report()
    claims = tuple(
        sample.claims[0].model_copy(update={"id": f"c{number}", "text": text}) for number, text in enumerate(texts)
    )
    report = sample.model_copy(update={"run_id": run_id, "claims": claims})
    assert reports.save(report)
    return report


def _holding(reports: Reports, words: str, least: float = 0.5) -> list[str]:
    return words_of_claims(reports.database).holding(reports.database, set(words.split()), least)


def test_those_that_hold_most_come_first_and_what_holds_too_little_not_at_all(places: Settings) -> None:
    half, whole = "The quay is open.", "The old QUAY reopens, and is open."
    with open_reports(places) as reports:
        assert _holding(reports, "old quay open again") == []
        _keep(reports, "run-1", half, whole, "The quay sank.", "Oranges are cheap.")
        assert _holding(reports, "old quay open again") == [key_of(whole), key_of(half)]
        assert _holding(reports, "old quay open again", 0.6) == [key_of(whole)]
        assert _holding(reports, "unheard") == []


def test_what_came_since_the_last_question_is_found(places: Settings) -> None:
    with open_reports(places) as reports, open_reports(places) as elsewhere:
        _keep(reports, "run-1", "The quay is open.")
        assert _holding(reports, "quay") == [key_of("The quay is open.")]
        _keep(elsewhere, "run-2", "A quay was shut.", "The quay is open.")
        assert set(_holding(reports, "quay")) == {key_of("The quay is open."), key_of("A quay was shut.")}


def test_what_was_deleted_is_not_found_and_what_took_its_number_is(places: Settings) -> None:
    with open_reports(places) as reports:
        _keep(reports, "run-1", "The quay is open.")
        _keep(reports, "run-2", "A quay was shut.")
        assert len(_holding(reports, "quay")) == 2
        reports.delete("run-2")
        assert _holding(reports, "quay") == [key_of("The quay is open.")]
        # SQLite gives the number of the last one that was deleted to the next that comes.
        _keep(reports, "run-3", "No quay is left.")
        _keep(reports, "run-4", "Every quay is full.")
        found = {key_of(text) for text in ("The quay is open.", "No quay is left.", "Every quay is full.")}
        assert set(_holding(reports, "quay")) == found
