"""The client of an endpoint is whole before its first call, whatever other threads load meanwhile."""

import subprocess
import sys

_OPENED = """
import asyncio, sys
from agent.config import load_settings
from agent.llm.address import EndpointAddress
from agent.llm.line import open_client

async def main():
    settings = load_settings(model="m", base_url="http://127.0.0.1:9/v1")
    before = "httpx" in sys.modules
    async with open_client(EndpointAddress.of_chat(settings), settings):
        print(before, hasattr(sys.modules.get("httpx"), "Timeout"))

asyncio.run(main())
"""


def test_what_the_client_looks_up_among_the_loaded_modules_is_loaded_before_it_calls() -> None:
    # Chroma loads it in a thread beside the first calls, and half of a module failed them.
    seen = subprocess.run([sys.executable, "-c", _OPENED], capture_output=True, text=True, check=True)
    assert seen.stdout.split() == ["False", "True"]
