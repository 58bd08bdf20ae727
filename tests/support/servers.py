"""The servers of a run of the tests in several processes: one PostgreSQL and one Chroma for all of them."""

import os
from contextlib import ExitStack

from evals.servers.chroma import run_chroma
from evals.servers.postgres import run_postgres
from tests.support.named import CHROMA, DATABASE


def start_servers(stack: ExitStack) -> None:
    """Starts those that nobody named, and names them to the processes that begin later. They end with the stack."""
    if DATABASE not in os.environ:
        os.environ[DATABASE] = stack.enter_context(run_postgres()).url()
    if CHROMA not in os.environ:
        os.environ[CHROMA] = stack.enter_context(run_chroma())
