"""The files for schedules: the commands in them are commands that there are."""

import re
import shlex
from pathlib import Path

import click
import pytest

from evals.cli import eval_

ROOT = Path(__file__).parents[2]
FILES = [*sorted((ROOT / "deploy" / "evals").iterdir()), ROOT / ".github" / "workflows" / "evals.yml"]
_COMMAND = re.compile(r"isnad eval ([^;\n]+)")
_LISTED = re.compile(r'\["isnad", "eval", (.+?)\]')


def commands(text: str) -> list[list[str]]:
    told = [shlex.split(found) for found in _COMMAND.findall(text)]
    return told + [re.findall(r'"([^"]+)"', found) for found in _LISTED.findall(text)]


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix not in (".env", ".timer")], ids=lambda p: p.name
)
def test_every_command_is_one_that_isnad_understands(path: Path) -> None:
    told = commands(path.read_text("utf-8"))
    assert told
    for name, *arguments in told:
        command = eval_.commands[name]
        command.make_context(name, arguments, parent=click.Context(eval_))


def test_what_the_environment_is_told_is_what_the_options_read() -> None:
    read = {str(option.envvar) for command in eval_.commands.values() for option in command.params if option.envvar}
    told = {name for path in FILES for name in re.findall(r"ISNAD_EVAL_\w+", path.read_text("utf-8"))}
    assert told == read
