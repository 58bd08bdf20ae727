"""`isnad`: the command line. Commands load what they need when they run, so that help is quick."""

import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence

import click

from agent.bundled import make_importable
from agent.deferred import defer
from agent.errors import IsnadError

USAGE, INCOMPLETE, INTERRUPTED = 2, 3, 130
# Loading what a command needs makes a million objects that stay. With Python's 700 between two searches for circles,
# an eighth of a short command's time was spent on looking at them again and again.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000

# Where each command lives, and the line that help shows for it without loading it.
_COMMANDS = {
    "verify": ("agent.doors.cli.verify:verify", "Check an article's claims against coverage."),
    "gather": ("agent.doors.cli.gather:gather", "Look for coverage of an article, and check its claims against it."),
    "coverage": (
        "agent.doors.cli.coverage:coverage",
        "Add, search and keep the coverage that claims are checked against.",
    ),
    "chat": ("agent.doors.cli.chat:chat", "Check articles and ask about them, in a conversation."),
    "watch": ("agent.doors.cli.watch:watch", "Find what later coverage changes in earlier reports."),
    "report": ("agent.doors.cli.report:report", "List, show, correct and edit the reports of earlier runs."),
    "eval": ("evals.cli:eval_", "Measure every step, and tell whether it got worse."),
    "serve": ("agent.doors.cli.serve:serve", "Answer the HTTP API and do what is posted there."),
    "worker": ("agent.doors.cli.worker:worker", "Do what is posted, beside other processes, on PostgreSQL."),
    "mcp": ("agent.doors.cli.mcp:mcp", "Answer programs that speak MCP, over standard input and output."),
    "keys": ("agent.doors.cli.keys:keys", "Make, list, renew and revoke the keys of the service."),
    "contract-test": (
        "agent.doors.cli.contract_test:contract_test",
        "Try whether a plugin for a CMS takes webhooks as it should.",
    ),
    "doctor": ("agent.doors.cli.doctor:doctor", "Say what is configured, reachable and measured."),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called, not when it is listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        if (package := module.partition(".")[0]) != "agent":
            make_importable(package)
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, value) for name, (_, value) in _COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="isnad-newsroom", prog_name="isnad")
def isnad() -> None:
    """Who else says so, who says otherwise, and are they really someone else?

    Isnad splits a news article into claims, finds related coverage and labels each claim corroborated, contested
    or unsourced, with the exact words on both sides. Labels speak of coverage, never of truth.

    Exit codes: 0 all claims checked; 2 usage; 3 some claims could not be checked; 4 configuration;
    5 endpoint or store unreachable.
    """


def main() -> None:
    """The entry point."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    # A client of LangGraph's server, of which LangGraph uses one type: a sixth of the time that it takes to load.
    defer("langgraph_sdk")
    # The 150 forms of what LangSmith answers, which LangGraph loads with its client: none of them is used.
    defer("langsmith.types")
    if sys.stdout is None:
        # Closed by the caller, as `>&-` does.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # closed by the end of the process
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show Arabic shows its code points.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(run())


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; every error that a user can cause ends in a line on standard error and an exit code."""
    try:
        code = isnad.main(arguments, prog_name="isnad", standalone_mode=False)
    except click.ClickException as err:
        err.show()
        return err.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    except SystemExit as err:
        # So click ends when the reader of our output went away, as `head` does: no error of ours.
        return 0 if isinstance(err.__context__, BrokenPipeError) else _code(err.code)
    except IsnadError as err:
        click.echo("\n".join([f"isnad: {err}", *_notes(err)]), err=True)
        from agent.faults import exit_code

        return exit_code(err)
    return _code(code)


def _notes(err: Exception) -> list[str]:
    """What we said beside the error; the graph adds the ids of its tasks, which are of no use to a person."""
    return [note for note in getattr(err, "__notes__", []) if not note.startswith("During task with name")]


def _code(returned: object) -> int:
    return returned if isinstance(returned, int) else 0


def drop_output() -> None:
    """Sends what is left of standard output nowhere: Python would try to write it, and complain, at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
