"""`isnad keys`: who may use the service."""

import click

from agent.errors import BadInput

_SCOPES = ("verify", "read", "coverage", "admin")


@click.group()
def keys() -> None:
    """Make, list, renew and revoke the keys of the service.

    Without any key the service answers this machine only. Scopes: verify (check articles), read (see the results),
    coverage (search and change coverage), admin (everything, of every key).
    """
    from agent.extras import check_installed

    check_installed("a key", "service", "sqlalchemy")


@keys.command()
@click.argument("name")
@click.option("--scopes", default="verify,read", show_default=True, help="What it may do, separated by commas.")
@click.option("--requests-per-minute", type=click.IntRange(min=1), help="By default 600.")
@click.option(
    "--daily-tokens", type=click.IntRange(min=1), help="Model tokens it may spend a day (UTC); no bound by default."
)
def create(name: str, scopes: str, requests_per_minute: int | None, daily_tokens: int | None) -> None:
    """Make a key called NAME. It is shown this once."""
    from agent.config import load_settings
    from agent.storage.keys import Scope, open_keys

    named = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    for scope in named:
        if scope not in _SCOPES:
            raise BadInput(f"no scope is called {scope!r}; there are {', '.join(_SCOPES)}")
    with open_keys(load_settings()) as known:
        result = known.create(
            name, map(Scope, named), requests_per_minute=requests_per_minute, daily_tokens=daily_tokens
        )
    click.echo(result)
    click.echo("Keep it now: it is stored as a hash and cannot be shown again.", err=True)


@keys.command("list")
def list_() -> None:
    """List all keys, revoked ones too."""
    from agent.config import load_settings
    from agent.storage.keys import open_keys

    with open_keys(load_settings()) as known:
        listing = known.listing()
        left = {key.id: known.left(key.id) for key in listing}
    for key in listing:
        scopes = ",".join(key.scopes)
        bound = f", {left[key.id]:,} of {key.daily_tokens:,} tokens left today" if key.daily_tokens else ""
        state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else f"made {key.created_at:%Y-%m-%d}{bound}"
        click.echo(f"isnad_{key.id}_…  {key.name}  {scopes}  {state}")
    if not listing:
        click.echo("There are no keys: the service answers this machine only.", err=True)


@keys.command("webhook-secret")
@click.argument("name", required=False)
@click.option("--rotate", is_flag=True, help="Make a new one; the one before stays in force for a day.")
def webhook_secret(name: str | None, rotate: bool) -> None:
    """Show the secret that webhooks are signed with.

    Those of the key NAME, by Standard Webhooks; without NAME those of verifications posted without a key.
    """
    from agent.config import load_settings
    from agent.storage.keys import LOCAL, open_keys

    with open_keys(load_settings()) as known:
        owner = known.named(name).id if name else LOCAL
        click.echo(known.rotate(owner) if rotate else known.secrets(owner)[0])


@keys.command()
@click.argument("key")
def renew(key: str) -> None:
    """Give KEY other letters. It is shown this once.

    KEY is a name or an id. What it was before is refused from now on, and whoever signed in with it is signed out;
    what was verified with it, its bounds and its webhook secrets stay. A key that was revoked is in use again.
    """
    from agent.config import load_settings
    from agent.storage.keys import open_keys

    with open_keys(load_settings()) as known:
        result = known.renew(_called(key))
    click.echo(result)
    click.echo("Keep it now: it is stored as a hash and cannot be shown again.", err=True)


@keys.command()
@click.argument("key")
def revoke(key: str) -> None:
    """Revoke KEY. It is given by its name or its id, and refused from now on."""
    from agent.config import load_settings
    from agent.storage.keys import open_keys

    with open_keys(load_settings()) as known:
        gone = known.revoke(_called(key))
    click.echo(f"Revoked {gone.name} (isnad_{gone.id}_…).", err=True)


def _called(key: str) -> str:
    """Its id where the key itself is given, or as much of it as the list shows."""
    return key.removeprefix("isnad_").partition("_")[0] if key.startswith("isnad_") else key
