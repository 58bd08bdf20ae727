"""Telling a webhook that something is wrong. A webhook that cannot be reached changes no result."""

from agent.models import Frozen

_SECONDS = 10.0


class Notice(Frozen):
    """`text` is what chat services show; the rest is for programs."""

    text: str
    run_id: str | None
    exit_code: int
    failures: tuple[str, ...] = ()


def post(url: str, notice: Notice) -> str | None:
    """Sends it once, within ten seconds; returns what went wrong, None when it arrived."""
    import httpx2

    try:
        answer = httpx2.post(url, json=notice.model_dump(), timeout=_SECONDS, follow_redirects=False)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as err:
        # The address may carry a secret, and the error the address.
        return f"the webhook was not reached: {type(err).__name__}"
    return None if answer.is_success else f"the webhook answered {answer.status_code}"
