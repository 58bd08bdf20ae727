"""One table tells every door what an error is called."""

from collections.abc import Iterator

import pytest

from agent import errors
from agent.chat import UnknownThread
from agent.coverage.index.stored import UnknownDocument
from agent.doors.api.problems import refusal_of
from agent.errors import FetchReason, IsnadError
from agent.faults import code_of, exit_code, fault_of, public_sentence, sentence_of
from agent.jobs.failures import portable_error
from agent.models import FailureReason
from agent.service.refusals import error_of

# Error, word for a program, HTTP status, kind of problem, exit code.
_TOLD: list[tuple[IsnadError, str, int, str | None, int]] = [
    (errors.BadInput("no words"), "article", 422, None, 2),
    (errors.UnknownRun("none"), "run", 404, None, 2),
    (errors.UnknownJob("none"), "run", 404, None, 2),
    (errors.UnknownClaim("none"), "run", 404, None, 2),
    (UnknownThread("none"), "run", 404, None, 2),
    (UnknownDocument("none"), "run", 404, None, 2),
    (errors.NoReport("it runs"), "run", 409, None, 2),
    (errors.KeyReused("another"), "run", 422, "idempotency-key", 2),
    (errors.QueueFull("many wait", 10), "queue", 429, "queue-full", 5),
    (errors.TooManyFollow("many follow", 10), "queue", 429, "streams", 5),
    (errors.TokensSpent(FailureReason.BUDGET, "spent", 60), "endpoint", 429, "token-budget", 5),
    (errors.NotAllowed("read"), "key", 403, "scope", 4),
    (errors.FetchRefused(FetchReason.PRIVATE, "private"), "fetch", 422, None, 2),
    (errors.FetchFailed(FetchReason.TIMEOUT, "late"), "fetch", 422, None, 2),
    (errors.ConfigurationError("/home/x"), "configuration", 500, None, 4),
    (errors.EmbedderMismatch("/home/x"), "configuration", 503, None, 4),
    (errors.StoreBusy("/home/x"), "store", 503, None, 5),
    (errors.StoreError("/home/x"), "store", 503, None, 5),
    (errors.EndpointRejected(FailureReason.UNREACHABLE, "http://model"), "endpoint", 500, None, 4),
    (errors.EndpointUnreachable(FailureReason.UNREACHABLE, "http://model"), "endpoint", 503, None, 5),
    (errors.EvaluationFailed("/home/x"), "evaluation", 500, None, 1),
    (IsnadError("else"), "run", 500, None, 1),
]


@pytest.mark.parametrize(("err", "code", "status", "kind", "exit_"), _TOLD, ids=lambda one: type(one).__name__)
def test_an_error_is_called_the_same_at_every_door(
    err: IsnadError, code: str, status: int, kind: str | None, exit_: int
) -> None:
    refusal = refusal_of(err)
    assert (code_of(err), exit_code(err)) == (code, exit_)
    assert (refusal.status, refusal.kind) == (status, kind)
    assert portable_error(err).code == code
    private = status >= 500
    assert fault_of(type(err)).is_private is private
    assert (sentence_of(err) == str(err)) is not private


def test_who_is_to_come_again_is_told_when() -> None:
    assert refusal_of(errors.QueueFull("many wait", 10)).headers == {"Retry-After": "10"}
    assert refusal_of(errors.StoreError("x")).headers == {"Retry-After": "5"}
    assert refusal_of(errors.BadInput("x")).headers == {}


def test_what_was_not_foreseen_is_internal() -> None:
    assert fault_of(ZeroDivisionError)[:3] == ("internal", 500, 1)
    assert public_sentence("no such word") == public_sentence("internal")


def test_a_run_that_failed_brings_its_own_word_and_sentence() -> None:
    failed = errors.RunFailed("store", "the service could not do it")
    assert (code_of(failed), exit_code(failed), sentence_of(failed)) == ("store", 5, "the service could not do it")


@pytest.mark.parametrize("code", ["store", "endpoint", "configuration", "internal"])
def test_a_person_is_told_in_their_language(code: str) -> None:
    arabic = public_sentence(code, "ar-EG")
    assert any("\u0600" <= letter <= "\u06ff" for letter in arabic)
    assert not any("a" <= letter <= "z" for letter in arabic)
    told = [public_sentence(code, language) for language in ("en", "fr", "fa", "ar")]
    assert len(set(told)) == 4
    assert public_sentence(code, "de") == public_sentence(code, "en")


def _kinds(kind: type[IsnadError] = IsnadError) -> Iterator[type[IsnadError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds(one)


def test_every_error_of_the_package_has_a_line_of_its_own() -> None:
    """What falls through to the last line would tell a caller that the service is broken."""
    own = [kind for kind in _kinds() if kind.__module__.startswith("agent.")]
    fallen = {kind.__name__ for kind in own if fault_of(kind) == fault_of(IsnadError)}
    # These carry a word of their own.
    assert fallen <= {"RunFailed", "NoAnswer"}


@pytest.mark.parametrize(
    "err", [one for one, *_ in _TOLD if type(one) in (errors.BadInput, errors.NoReport, errors.NotAllowed)]
)
def test_what_a_server_refuses_is_raised_as_if_it_were_done_here(err: IsnadError) -> None:
    refusal = refusal_of(err)
    again = error_of(refusal.status, f'{{"detail": "{refusal.detail}"}}'.encode(), {}, errors.NotFound)
    assert (type(again), str(again)) == (type(err), str(err))


def test_what_was_asked_for_tells_what_is_missing() -> None:
    missing = error_of(404, b'{"detail": "none"}', {}, errors.UnknownRun)
    assert (type(missing), str(missing)) == (errors.UnknownRun, "none")
    full = error_of(429, b'{"detail": "many wait"}', {"retry-after": "7"}, errors.NotFound)
    assert isinstance(full, errors.QueueFull)
    assert full.retry_after == 7
    assert isinstance(error_of(503, b"<html>", {}, errors.NotFound), errors.StoreError)
    assert isinstance(error_of(401, b"{}", {}, errors.NotFound), errors.ConfigurationError)
