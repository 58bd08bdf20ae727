"""Opening the way to the network, and what it costs when it is not opened."""

import subprocess
import sys
from pathlib import Path

import pytest

from agent.config import load_settings
from agent.errors import ConfigurationError
from agent.fetch.protocol import user_agent

ROOT = Path(__file__).parents[2]


def test_naming_what_is_fetched_loads_no_client() -> None:
    code = "import sys, agent.fetch; print([m for m in ('httpx2', 'httpcore2', 'protego') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_a_contact_the_user_agent_is_a_name_and_a_version() -> None:
    name, _, version = user_agent(None).partition("/")
    assert name == "Isnad"
    assert version[0].isdigit()
    assert user_agent("desk@paper.example") == f"{name}/{version} (+desk@paper.example)"


@pytest.mark.parametrize("contact", ["desk\r\nX-Sent: 1", "مكتب", " desk", "d" * 201])
def test_a_contact_that_fits_in_no_header_is_refused(contact: str) -> None:
    with pytest.raises(ConfigurationError, match="ISNAD_FETCH_CONTACT"):
        load_settings(fetch_contact=contact)
