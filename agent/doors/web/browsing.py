"""Addresses of the API that somebody opens in a browser: a page is shown, not JSON."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope


class BrowserRoute(APIRoute):
    """Is there for browsers alone, which ask for a page first; programs get what they ask for."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        accepted = next((value for name, value in scope.get("headers", ()) if name == b"accept"), b"")
        return super().matches(scope) if accepted.startswith(b"text/html") else (Match.NONE, {})


router = APIRouter(route_class=BrowserRoute, include_in_schema=False)


@router.get("/v1/verifications")
async def show_verifications() -> RedirectResponse:
    return RedirectResponse("/verifications", 303)


@router.get("/v1/verifications/{verification_id}")
async def show_verification(verification_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]) -> RedirectResponse:
    return RedirectResponse(f"/verifications/{verification_id}", 303)
