"""The processes that run the tests, where there are several: forks of one that has the package loaded."""

import subprocess

from execnet import gateway_io
from execnet.gateway_base import ExecModel, Popen2IO

from evals.servers.forked import ForkedForks, begin_loading


class _ForkedIO(gateway_io.Popen2IOMaster):
    """How execnet talks to a process that it starts."""

    def __init__(self, args: list[str], execmodel: ExecModel) -> None:
        self.popen = ForkedForks[bytes](args, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        Popen2IO.__init__(self, self.popen.stdin, self.popen.stdout, execmodel=execmodel)


def fork_workers() -> None:
    """From here on execnet forks what it would start."""
    begin_loading("tests.support.loading")
    gateway_io.Popen2IOMaster = _ForkedIO  # type: ignore[misc]  # it takes no other way
