"""Help, and the settings that the service runs with: told to whoever works with it, changed by whoever runs it."""

from dataclasses import dataclass

from fastapi import APIRouter, Response

from agent.config import Settings
from agent.doors.api.service import Served
from agent.doors.web.entering import Reading, WebUser, Working
from agent.doors.web.pages import PageRoute, page
from agent.extras import installed_version
from agent.messages import Words
from agent.storage.keys import Scope

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@dataclass(frozen=True)
class ShownSetting:
    """One line: `value` in words, and by which setting it is changed."""

    name: str
    value: str
    setting: str


@router.get("/help")
async def show_help(looking: Reading) -> Response:
    return page("help.html.j2", looking)


@router.get("/settings")
async def show_settings(looking: Reading, space: Working, service: Served) -> Response:
    """Without keys, hosts and folders for all but the admin."""
    stats = await space.stats()
    return page(
        "settings.html.j2",
        looking,
        shown=list(_shown(service.settings, looking)),
        stats=stats,
        version=installed_version(),
        gathers=bool(await space.sources()),
    )


def _shown(settings: Settings, looking: WebUser) -> list[ShownSetting]:
    words = looking.words
    lines = [
        ShownSetting("analyst", settings.model or words("analyst.lexical"), "ISNAD_MODEL"),
        ShownSetting("window", words("settings.days", n=words.number(settings.window_days)), "ISNAD_WINDOW_DAYS"),
        ShownSetting("article", _chars(settings.max_article_chars, words), "ISNAD_MAX_ARTICLE_CHARS"),
        ShownSetting("claims", words.number(settings.max_claims), "ISNAD_MAX_CLAIMS"),
        ShownSetting("upload", f"{words.number(settings.max_upload_mb)} MB", "ISNAD_MAX_UPLOAD_MB"),
        ShownSetting("watch", settings.watch_every or words("settings.off"), "ISNAD_WATCH_EVERY"),
        ShownSetting("refresh", settings.refresh_every or words("settings.off"), "ISNAD_REFRESH_EVERY"),
        ShownSetting("private", _on(settings.allow_private_urls, words), "ISNAD_ALLOW_PRIVATE_URLS"),
        ShownSetting("newsroom", settings.newsroom, "ISNAD_NEWSROOM"),
        ShownSetting("public_url", settings.public_address or words("settings.off"), "ISNAD_PUBLIC_URL"),
    ]
    if looking.caller.may(Scope.ADMIN):
        lines += [
            ShownSetting("data_dir", str(settings.data_dir), "ISNAD_DATA_DIR"),
            ShownSetting("base_url", _host(settings) or words("settings.off"), "ISNAD_BASE_URL"),
        ]
    return lines


def _chars(number: int, words: Words) -> str:
    return words("settings.characters", n=words.number(number))


def _on(is_on: bool, words: Words) -> str:
    return words("settings.on" if is_on else "settings.off")


def _host(settings: Settings) -> str | None:
    """Without what may be a password in it."""
    return settings.base_url.rpartition("@")[2] if settings.base_url else None
