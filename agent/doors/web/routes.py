"""All that the web page consists of."""

from agent.doors.web import assets, audits, chains, correcting, desk, following, posting, reading, signing, threads

_MODULES = (assets, signing, desk, posting, reading, chains, audits, following, correcting, threads)
ROUTERS = tuple(module.router for module in _MODULES)
