"""What is not installed is told with a command that installs it where it is printed."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from agent.errors import ConfigurationError
from agent.extras import check_installed, install_command, missing_requirements

ROOT = Path(__file__).parents[1]


def test_what_is_not_installed_is_told_with_the_way_to_install_it() -> None:
    check_installed("the service", "service", "click")
    with pytest.raises(ConfigurationError) as told:
        check_installed("the service", "service", "click", "nowhere_to_be_found")
    assert "the service (nowhere_to_be_found) needs" in str(told.value)
    assert install_command("service") in str(told.value)


@pytest.mark.parametrize("extra", ["web", "service", "chat", "html"])
def test_in_a_checkout_it_is_a_command_of_this_python_about_files_that_are_there(extra: str) -> None:
    python, *pip, option, target = shlex.split(install_command(extra))  # type: ignore[arg-type]  # one of them
    assert (python, pip) == (sys.executable, ["-m", "pip", "install"])
    if option == "-r":
        assert Path(target) == ROOT / "requirements" / f"{extra}.txt"
        assert Path(target).is_file()
    else:
        assert (option, target) == ("-e", f"{ROOT}[{extra}]")


def test_of_a_wheel_only_what_is_missing_is_named_and_never_the_wheel_itself() -> None:
    told = [
        "click>=8",
        "never-heard-of>=2,<3; extra == 'web'",
        "click>=8; extra == 'web'",
        "nor-of-this>=1; extra == 'chat'",
        "nor-of-that; python_version < '3' and extra == 'web'",
    ]
    assert missing_requirements(told, "web") == ["never-heard-of<3,>=2"]


def test_every_extra_that_is_named_in_a_hint_exists() -> None:
    import tomllib
    from typing import get_args

    from agent.extras import Extra

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(get_args(Extra)) <= extras.keys()


def test_no_text_advises_to_install_a_name_that_may_be_a_strangers() -> None:
    found = subprocess.run(
        ["git", "grep", "-nE", r"pip install '?isnad", "--", "agent", "docs", "README.md", "deploy", "Makefile"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""
