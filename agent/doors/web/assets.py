"""Style and script, served from here and kept by browsers for as long as they are what they are."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter, Response

from agent.doors.api.problems import ProblemResponse

router = APIRouter(include_in_schema=False)
_SOURCES = {
    "style.css": (
        ("agent.doors", "templates/colours.css"),
        ("agent.doors", "templates/labels.css"),
        ("agent.doors", "templates/chain.css"),
        ("agent.doors.web", "static/page.css"),
        ("agent.doors.web", "static/pages.css"),
    ),
    "page.js": (("agent.doors.web", "static/page.js"), ("agent.doors.web", "static/filling.js")),
    "htmx.js": (("agent.doors.web", "static/htmx.min.js"),),
    "icon.svg": (("agent.doors.web", "static/icon.svg"),),
}
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    content: bytes
    media_type: str
    version: str


@lru_cache(maxsize=1)
def _assets() -> dict[str, Asset]:
    made = {}
    for name, sources in _SOURCES.items():
        content = b"\n".join(files(package).joinpath(path).read_bytes() for package, path in sources)
        made[name] = Asset(content, _TYPES[name.rpartition(".")[2]], sha256(content).hexdigest()[:12])
    return made


def address_of(name: str) -> str:
    """Another address for every other content."""
    return f"/assets/{_assets()[name].version}/{name}"


@router.get("/assets/{version}/{name}")
async def get_asset(version: str, name: str) -> Response:
    found = _assets().get(name)
    if found is None:
        raise ProblemResponse(404, f"there is no {name!r}")
    lasting = "public, max-age=31536000, immutable" if version == found.version else "no-cache"
    return Response(found.content, media_type=found.media_type, headers={"Cache-Control": lasting})
