"""`isnad contract-test`: whether a plugin for a CMS takes webhooks as it should."""

import asyncio
import re
import sys
from typing import TYPE_CHECKING

import click

from agent.doors.cli.main import INCOMPLETE

if TYPE_CHECKING:
    from agent.jobs.contract import ContractCheck

_SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{24,}={0,2}")


@click.command()
@click.argument("url")
@click.option(
    "--secret",
    envvar="WEBHOOK_SECRET",
    show_envvar=True,
    help="The one that the plugin has, from `isnad keys webhook-secret`; else it is asked for, or read from a pipe.",
)
@click.option("--json", "as_json", is_flag=True, help="Print each check as one JSON object a line.")
def contract_test(url: str, secret: str | None, as_json: bool) -> int:
    """Post webhooks to URL, where a plugin takes them, and tell which are taken that should not be, and the reverse.

    They tell of a verification that does not exist; whoever takes a webhook answers with a 2xx all the same, and
    looks it up afterwards. Addresses on this machine are allowed.

    Exit codes: 0 all is as it should be; 3 something is not; 2 usage.
    """
    if not url.startswith(("http://", "https://")):
        raise click.BadParameter(f"{url!r} is no address of http or https", param_hint="URL")
    known = secret or _asked()
    if not _SECRET.fullmatch(known):
        raise click.BadParameter(
            "that is no secret of a webhook; `isnad keys webhook-secret` prints one", param_hint="--secret"
        )
    return asyncio.run(_check(url, known, as_json=as_json))


def _asked() -> str:
    if sys.stdin.isatty():
        secret: str = click.prompt("Webhook secret", hide_input=True)
        return secret
    return sys.stdin.readline().strip()


async def _check(url: str, secret: str, *, as_json: bool) -> int:
    from agent.config import load_settings
    from agent.extras import check_installed
    from agent.fetch import open_fetcher
    from agent.jobs.contract import check_contract

    check_installed("webhooks", "service", "standardwebhooks")
    settings = load_settings().model_copy(update={"allow_private_urls": True})
    failed = 0
    async with open_fetcher(settings) as fetcher:
        async for check in check_contract(fetcher, url, secret):
            _show(check, as_json=as_json)
            failed += check.problem is not None
    return INCOMPLETE if failed else 0


def _show(check: "ContractCheck", *, as_json: bool) -> None:
    if as_json:
        click.echo(check.model_dump_json())
    else:
        mark = "✗" if check.problem else "✓"
        answered = check.status or "no answer"
        click.echo(f"{mark} {check.name}: {answered}" + (f"; {check.problem}" if check.problem else ""))
