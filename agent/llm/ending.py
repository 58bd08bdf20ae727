"""Reads how an answer ended, for which every server has words of its own."""

from enum import StrEnum


class FinishReason(StrEnum):
    WHOLE = "whole"
    CUT = "cut"
    REFUSED = "refused"
    FAILED = "failed"


_CUT = frozenset(
    "length max_tokens max_output_tokens max_length model_length token_limit model_context_window_exceeded "
    "context_length_exceeded".split()
)
_REFUSED = frozenset(
    "content_filter content_filtered safety sensitive refusal refused prohibited_content blocklist spii recitation "
    "guardrail_intervened".split()
)
_FAILED = frozenset(
    "error failed abort aborted cancelled canceled interrupted timeout network_error insufficient_system_resource "
    "malformed_function_call load".split()
)


def ending_of(finish: str) -> FinishReason:
    """What a finish reason means. One that is not known is taken for the end of a whole answer."""
    text = finish.lower().replace("-", "_")
    if text in _CUT:
        return FinishReason.CUT
    if text in _REFUSED:
        return FinishReason.REFUSED
    return FinishReason.FAILED if text in _FAILED else FinishReason.WHOLE
