"""Addresses that there is nothing at: to a browser that is a page, to a program a problem."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from agent.doors.web.pages import nothing_here

# Who asks for these is a program, whatever it says that it reads.
_PROGRAMS = ("/v1", "/mcp")


def install(app: FastAPI, otherwise: Callable[[Request, Exception], Awaitable[Response]]) -> None:
    """Before what is done with errors of addresses otherwise."""

    async def answer(request: Request, err: Exception) -> Response:
        assert isinstance(err, HTTPException)
        if err.status_code == 404 and _is_person(request):
            return nothing_here(request)
        return await otherwise(request, err)

    app.add_exception_handler(HTTPException, answer)


def _is_person(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(_PROGRAMS)
