"""What went wrong with one attempt, in our words: the only place that reads the client's exceptions."""

import email.utils
import math
import re
import ssl
import time
from collections.abc import Mapping

import anyio
import httpx2
import openai

from agent.errors import AnalystError, EndpointRejected, EndpointUnreachable
from agent.llm.address import Address
from agent.llm.habits import mentions_form
from agent.models import FailureReason

# Everything that the client, its transport and a stream in the middle can raise.
ATTEMPT_ERRORS = (openai.APIError, httpx2.RequestError, ssl.SSLError, anyio.EndOfStream, TimeoutError)

_OVERFLOW = re.compile(
    r"context[ _-]?(length|size|window)|maximum (model|input|sequence) length|exceed_context|"
    r"prompt (is )?too long|input (is )?too long|too many (input )?tokens|input token count|input length|"
    r"longer than the maximum|max_new_tokens.{0,20}must be|string_above_max_length"
)
_FILTERED = re.compile(r"content_?(filter|policy)|responsibleaipolicy|content management policy|safety_violation")
_UNPAID = re.compile(
    r"insufficient_quota|billing|insufficient.{0,10}(balance|credit|funds)|exceeded your current quota"
)
_WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429})
_NEVER = frozenset({401, 402, 403, 404, 405})
_NOT_A_TRANSIENT_5XX = frozenset({501, 505})


class Fault(Exception):
    """One failed attempt. `again`: another may succeed; `final`: no call ever will; `told`: the endpoint's words."""

    def __init__(
        self,
        reason: FailureReason,
        message: str,
        *,
        again: bool = False,
        final: bool = False,
        wait: float | None = None,
        told: str = "",
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.again = again
        self.final = final
        self.wait = wait
        self.told = told

    def error(self, tries: int, *, ever_connected: bool) -> AnalystError:
        """What the caller is told when this was the last attempt."""
        message = f"{self.message} (tried {tries} times)" if tries > 1 else self.message
        if self.final:
            return EndpointRejected(self.reason, message)
        if self.reason is FailureReason.UNREACHABLE and not ever_connected:
            return EndpointUnreachable(self.reason, message)
        return AnalystError(self.reason, message)


def fault_of(err: Exception, address: Address) -> Fault:
    """What an exception of an attempt means."""
    if isinstance(err, openai.APIStatusError):
        return _of_status(err.status_code, err.message, _code(err), err.response.headers, address)
    if isinstance(err, openai.APIConnectionError) and isinstance(err.__cause__, Exception):
        err = err.__cause__
    if isinstance(err, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.UnsupportedProtocol):
        why = address.shown(str(err)) or "no answer in time"
        message = f"Cannot connect to {address}: {why}. Is it running? {address.url_setting} names the address."
        return Fault(FailureReason.UNREACHABLE, message, again=True)
    if isinstance(err, httpx2.TimeoutException | TimeoutError):
        message = f"{address} went silent. ISNAD_IDLE_TIMEOUT says how long a silence may last."
        return Fault(FailureReason.TIMEOUT, message, again=True)
    why = address.shown(str(err)) or type(err).__name__
    return Fault(FailureReason.SERVER_ERROR, f"The connection to {address} broke: {why}.", again=True)


def fault_told(message: str, code: str, address: Address) -> Fault:
    """What an error means that arrives inside a 200 answer, where a status can only be its code."""
    status = re.search(r"\b[45]\d\d\b", code)
    return _of_status(int(status[0]) if status else 500, message, code, {}, address)


def _of_status(status: int, message: str, code: str, headers: Mapping[str, str], address: Address) -> Fault:
    told = f"{message} {code}".lower()
    said = address.shown(message)
    if status not in (401, 429) and _OVERFLOW.search(told):
        return Fault(
            FailureReason.CONTEXT_OVERFLOW,
            f"The text is too long for {address.model!r} at {address}: {said}. "
            "Lower ISNAD_SENTENCES_PER_PART or ISNAD_CLAIMS_PER_CALL, or give the model a larger context.",
        )
    if status != 429 and _FILTERED.search(told):
        return Fault(FailureReason.REFUSED, f"{address} refused to read this text: {said}.")
    if "json_validate_failed" in told:
        # The endpoint checked the form itself and threw the answer away.
        return Fault(
            FailureReason.MALFORMED, f"{address.model!r} gave an answer of the wrong form: {said}.", again=True
        )
    if status in _NEVER or _UNPAID.search(told):
        return Fault(FailureReason.REJECTED, _rejection(status, said, address), final=True, told=told)
    if status in _WORTH_ANOTHER_TRY or (status >= 500 and status not in _NOT_A_TRANSIENT_5XX):
        return _passing(status, said, told, headers, address)
    return Fault(FailureReason.REJECTED, f"{address} refused the request ({status}): {said}.", told=told)


def _passing(status: int, said: str, told: str, headers: Mapping[str, str], address: Address) -> Fault:
    reason = {429: FailureReason.RATE_LIMITED, 408: FailureReason.TIMEOUT}.get(status, FailureReason.SERVER_ERROR)
    what = "lets no more calls through for now" if status == 429 else "failed"
    return Fault(
        reason,
        f"{address} {what} ({status}): {said}.",
        # Some servers fail with 500 on a schema they cannot compile; asking the same again would not help.
        again=status < 500 or not mentions_form(told),
        wait=retry_after(headers),
        told=told,
    )


def _rejection(status: int, said: str, address: Address) -> str:
    if status == 401:
        return f"{address} does not accept the key (401): {said}. Correct {address.key_setting}."
    if status == 403:
        return (
            f"{address} does not let this key use {address.model!r} (403): {said}. "
            f"Correct {address.key_setting} or {address.model_setting}."
        )
    if status in (404, 405):
        return (
            f"{address} knows no model {address.model!r}, or is not the address of an OpenAI-compatible endpoint "
            f"({status}): {said}. Correct {address.model_setting} or {address.url_setting}."
        )
    return f"{address} wants to be paid first ({status}): {said}. Top up, or correct {address.key_setting}."


def _code(err: openai.APIStatusError) -> str:
    return " ".join(str(part) for part in (err.code, err.param, err.type, _body_code(err.body)) if part)


def _body_code(body: object) -> str:
    """The inner code that Azure hides in `innererror`."""
    inner = body.get("innererror") if isinstance(body, dict) else None
    return str(inner.get("code", "")) if isinstance(inner, dict) else ""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the endpoint asks to wait: milliseconds, seconds or a date; None when it asks for nothing."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * unit
        except ValueError:
            continue
        return max(0.0, seconds) if math.isfinite(seconds) else None
    date = email.utils.parsedate_tz(headers.get("retry-after"))
    try:
        return max(0.0, email.utils.mktime_tz(date) - time.time()) if date else None
    except (ValueError, OverflowError):
        return None
