"""The command line in this process: a start of its own costs seconds, and only a few behaviours need one."""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from click.testing import CliRunner

from agent.doors.cli.main import run
from agent.models import Report


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def report(self) -> Report:
        """The JSON form, read back as the model; a failed command shows why."""
        assert self.out, self.err
        return Report.model_validate_json(self.out)


def isnad(*arguments: str, **settings: str) -> Outcome:
    """What `isnad ARGUMENTS` does with some ISNAD_ settings; any exception that escapes fails the test."""
    return _outcome(b"", arguments, settings)


def piped(stdin: bytes, *arguments: str, **settings: str) -> Outcome:
    """As `isnad`, with something on standard input."""
    return _outcome(stdin, arguments, settings)


def checked(*arguments: str, **settings: str) -> Report:
    """The report of `isnad verify`, whatever the exit code says of it."""
    return isnad("verify", *arguments, "--format", "json", **settings).report


def _outcome(stdin: bytes, arguments: Sequence[str], settings: Mapping[str, str]) -> Outcome:
    environment = {f"ISNAD_{name.upper()}": value for name, value in settings.items()}
    with CliRunner().isolation(input=stdin, env=environment) as (out, err, _):
        code = run(arguments)
        sys.stdout.flush()
        shown = out.getvalue().decode(), err.getvalue().decode()
    return Outcome(code, *shown)


def counts_of(told: str) -> dict[str, int]:
    """The numbers of a line such as "3 added, 0 unchanged", by the word behind each."""
    return {word: int(number.replace(",", "")) for number, word in re.findall(r"(\d[\d,]*) ([a-z]+)", told)}
