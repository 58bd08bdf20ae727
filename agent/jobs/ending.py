"""Ends a process that did jobs."""

import logging
import os
import sys
import threading
import time

_log = logging.getLogger("isnad.jobs")
# The engine gives its threads this name, and none of them has anything left to do once it was destroyed.
_ENGINE_THREADS = "dbos-executor"
_PATIENCE_SECONDS = 2.0


def end_without_engine() -> None:
    """Ends the process although a thread of the engine is still alive. Call it last, with everything else closed.

    While its database is away such a thread tries again for ever, and Python would wait for it. Whatever it wanted to
    write belongs to a job that is not finished, and that goes on with whoever takes it up.
    """
    until = time.monotonic() + _PATIENCE_SECONDS
    for thread in threading.enumerate():
        if thread.name.startswith(_ENGINE_THREADS):
            thread.join(max(0.0, until - time.monotonic()))
            if thread.is_alive():
                _log.warning("stopped without waiting for the database, which the engine of jobs cannot reach")
                logging.shutdown()
                for stream in (sys.stdout, sys.stderr):
                    stream.flush()
                os._exit(0)
