"""All that the web page consists of."""

from agent.doors.web import (
    adding,
    archive,
    assets,
    audits,
    chains,
    correcting,
    desk,
    editing,
    first_use,
    following,
    history,
    known,
    library,
    manual,
    posting,
    reading,
    sharing,
    signing,
    threads,
)

_READ = (assets, desk, library, reading, chains, audits, following, history, archive, manual)
_WRITTEN = (signing, posting, known, first_use, correcting, editing, threads, adding, sharing)
ROUTERS = (*(module.router for module in (*_READ, *_WRITTEN)), sharing.open_router)
