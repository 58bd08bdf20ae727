"""What went wrong with one attempt, in our words: the only place that reads the client's exceptions."""

import re
import socket
import ssl
from collections.abc import Iterator, Mapping

import anyio
import httpx2
import openai

from agent.errors import AnalystError, EndpointRejected, EndpointUnreachable
from agent.llm.address import EndpointAddress
from agent.llm.complaint import Complaint, complaint_of
from agent.llm.habits import mentions_form
from agent.llm.waits import asked_wait, wait_in_text
from agent.models import FailureReason

# Everything that the client, its transport and a stream in the middle can raise.
ATTEMPT_ERRORS = (openai.APIError, httpx2.RequestError, ssl.SSLError, anyio.EndOfStream, TimeoutError)

_OVERFLOW = re.compile(
    r"context[ _-]?(length|size|window)|maximum (model|input|sequence) length|exceed_context|"
    r"prompt (is )?too long|input (is )?too long|too many (input )?tokens|input token count|input length|"
    r"longer than the maximum|max_new_tokens.{0,20}must be|string_above_max_length"
)
_FILTERED = re.compile(r"content[_ ]?(filter|policy)|responsibleaipolicy|content management policy|safety_violation")
_UNPAID = re.compile(
    r"insufficient_quota|billing|insufficient.{0,10}(balance|credit|funds)|exceeded your current quota"
)
_WRONG_KEY = re.compile(
    r"(invalid|incorrect|wrong|missing|expired|no)[ _](valid )?api[ _-]?key|api[ _-]?key[^.]{0,20}"
    r"(not valid|invalid|incorrect|expired|missing|required|not found)|api_key_invalid|authentication_error"
)
_NO_SUCH_MODEL = re.compile(
    r"model_not_found|deploymentnotfound|not a valid model|(unknown|no such|invalid) model\b(?! (output|response))"
    r"|model:? [`'\"]?[\w./:@-]{0,100}[`'\"]? ?(was )?(not found|does not exist|not exist\b|doesn't exist)"
)
_OF_THE_REQUEST = frozenset({400, 422})
_MOST_CAUSES = 10
_WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429})
_NEVER = frozenset({401, 402, 403, 404, 405})
_NOT_A_TRANSIENT_5XX = frozenset({501, 505})


class AttemptFailed(Exception):
    """One failed attempt. `again`: another may succeed; `final`: no call ever will. `response_text` is what the
    endpoint answered.

    `unexplained`: something in the request was refused, in words that do not say what.
    """

    def __init__(
        self,
        reason: FailureReason,
        message: str,
        *,
        again: bool = False,
        final: bool = False,
        wait: float | None = None,
        response_text: str = "",
        unexplained: bool = False,
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.again = again
        self.final = final
        self.wait = wait
        self.response_text = response_text
        self.unexplained = unexplained

    def error(self, tries: int, *, ever_connected: bool) -> AnalystError:
        """What the caller is told when this was the last attempt."""
        message = f"{self.message} (tried {tries} times)" if tries > 1 else self.message
        if self.final:
            return EndpointRejected(self.reason, message)
        if self.reason is FailureReason.UNREACHABLE and not ever_connected:
            return EndpointUnreachable(self.reason, message)
        return AnalystError(self.reason, message)


def fault_of(err: Exception, address: EndpointAddress) -> AttemptFailed:
    """What an exception of an attempt means."""
    if isinstance(err, openai.APIStatusError):
        return _of_status(err.status_code, _complaint(err), err.response.headers, address)
    if isinstance(err, openai.APIConnectionError) and isinstance(err.__cause__, Exception):
        err = err.__cause__
    if isinstance(err, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.UnsupportedProtocol):
        why = _no_connection(err) or address.shown(str(err)) or "no answer in time"
        message = f"Cannot connect to {address}: {why}. Is it running? {address.url_setting} names the address."
        return AttemptFailed(FailureReason.UNREACHABLE, message, again=True)
    if isinstance(err, httpx2.TimeoutException | TimeoutError):
        message = f"{address} went silent. ISNAD_IDLE_TIMEOUT says how long a silence may last."
        return AttemptFailed(FailureReason.TIMEOUT, message, again=True)
    why = address.shown(str(err)) or type(err).__name__
    return AttemptFailed(FailureReason.SERVER_ERROR, f"The connection to {address} broke: {why}.", again=True)


def _no_connection(err: Exception) -> str:
    """Why nobody could be reached, where the transport only says that all attempts failed."""
    for cause in _causes(err):
        if isinstance(cause, ConnectionRefusedError):
            return "nothing listens there"
        if isinstance(cause, socket.gaierror):
            return "there is no host of that name"
        if isinstance(cause, ssl.SSLError) and cause.reason == "WRONG_VERSION_NUMBER":
            return "it does not speak https, perhaps http"
    return ""


def _causes(err: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_MOST_CAUSES):
        if err is None:
            return
        yield err
        err = err.__cause__ or err.__context__


def fault_in_body(complaint: Complaint, address: EndpointAddress) -> AttemptFailed:
    """What an error means that arrives inside a 200 answer, where a status can only be its code."""
    return _of_status(complaint.status or _implied(complaint.folded), complaint, {}, address)


def not_an_endpoint(address: EndpointAddress) -> AttemptFailed:
    """The fault of a web page in place of an answer."""
    message = f"{address} answers with a web page, not as an OpenAI-compatible endpoint."
    return AttemptFailed(
        FailureReason.REJECTED, f"{message} Correct {address.url_setting}.{_hint(address)}", final=True
    )


def _of_status(
    status: int, complaint: Complaint, headers: Mapping[str, str], address: EndpointAddress
) -> AttemptFailed:
    text = complaint.folded
    said = address.shown(complaint.words).rstrip(".!") or "no reason given"
    if status not in (401, 429) and _OVERFLOW.search(text):
        return AttemptFailed(
            FailureReason.CONTEXT_OVERFLOW,
            f"The text is too long for {address.model!r} at {address}: {said}. "
            "Lower ISNAD_CLAIMS_PER_CALL, or give the model a larger context.",
        )
    if status != 429 and _FILTERED.search(text):
        return AttemptFailed(FailureReason.REFUSED, f"{address} refused to read this text: {said}.")
    if "json_validate_failed" in text:
        # The endpoint checked the form itself and threw the answer away.
        return AttemptFailed(
            FailureReason.MALFORMED, f"{address.model!r} gave an answer of the wrong form: {said}.", again=True
        )
    if (meant := _meant(status, text)) in _NEVER:
        return AttemptFailed(
            FailureReason.REJECTED, _rejection(status, meant, said, address), final=True, response_text=text
        )
    if status in _WORTH_ANOTHER_TRY or (status >= 500 and status not in _NOT_A_TRANSIENT_5XX):
        return _passing(status, said, text, headers, address)
    message = f"{address} refused the request ({status}): {said}."
    return AttemptFailed(FailureReason.REJECTED, message, response_text=text, unexplained=status in _OF_THE_REQUEST)


def _meant(status: int, text: str) -> int:
    """The status that other endpoints give for the same thing: some answer 400 whatever is wrong."""
    if status in (401, 404, 405):
        return status
    if status == 501 and not mentions_form(text):
        return 405
    # A quota of a minute speaks of money, too; but it tells when there will be more.
    if _UNPAID.search(text) and wait_in_text(text) is None:
        return 402
    if status not in _OF_THE_REQUEST:
        return status
    if _WRONG_KEY.search(text):
        return 401
    return 404 if _NO_SUCH_MODEL.search(text) and not mentions_form(text) else status


def _implied(text: str) -> int:
    """The status of an error that bears none."""
    meant = _meant(400, text)
    return 429 if "rate_limit" in text or "rate limit" in text else 500 if meant == 400 else meant


def _passing(
    status: int, said: str, text: str, headers: Mapping[str, str], address: EndpointAddress
) -> AttemptFailed:
    reason = {429: FailureReason.RATE_LIMITED, 408: FailureReason.TIMEOUT}.get(status, FailureReason.SERVER_ERROR)
    what = "lets no more calls through for now" if status == 429 else "failed"
    return AttemptFailed(
        reason,
        f"{address} {what} ({status}): {said}.",
        # Some servers fail with 500 on a schema they cannot compile; asking the same again would not help.
        again=status < 500 or not mentions_form(text),
        wait=asked_wait(headers, text),
        response_text=text,
    )


def _rejection(status: int, meant: int, said: str, address: EndpointAddress) -> str:
    if meant == 401:
        return f"{address} does not accept the key ({status}): {said}. Correct {address.key_setting}."
    if meant == 403:
        return (
            f"{address} does not let this key use {address.model!r} ({status}): {said}. "
            f"Correct {address.key_setting} or {address.model_setting}."
        )
    if meant == 402:
        return f"{address} wants to be paid first ({status}): {said}. Top up, or correct {address.key_setting}."
    if "model" in said.lower():
        return f"{address} has no model {address.model!r} ({status}): {said}. Correct {address.model_setting}."
    return (
        f"{address} is not the address of an OpenAI-compatible endpoint, or has no model {address.model!r} "
        f"({status}): {said}. Correct {address.url_setting} or {address.model_setting}.{_hint(address)}"
    )


def _hint(address: EndpointAddress) -> str:
    """What is usually wrong with an address at which nothing is found."""
    if address.url.endswith("/completions"):
        return " Leave out what follows /v1."
    return "" if re.search(r"/v\d", address.url) else f" Such addresses usually end in /v1: {address}/v1."


def _complaint(err: openai.APIStatusError) -> Complaint:
    try:
        return complaint_of(err.response.text)
    except httpx2.ResponseNotRead:
        return Complaint(err.message)
