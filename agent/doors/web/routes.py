"""All that the web page consists of."""

from agent.doors.web import assets, correcting, desk, following, posting, reading, signing, threads

ROUTERS = tuple(module.router for module in (assets, signing, desk, posting, reading, following, correcting, threads))
