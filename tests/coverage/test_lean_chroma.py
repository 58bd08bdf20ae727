"""Chroma is loaded without what is never used of it, which can be used nevertheless by whoever asks for it."""

import subprocess
import sys
from pathlib import Path

_LOADED = """
import sys
from pathlib import Path
from agent.coverage.index.chroma import IndexLocation, close_client, open_client, translated

place = IndexLocation(Path(sys.argv[1]))
with translated(place):
    client = open_client(place)
close_client(client)
print(*(name in sys.modules for name in ("jsonschema", "chromadb.api.async_client")))
from chromadb.utils.embedding_functions.schemas.schema_utils import validate_config_schema
try:
    validate_config_schema({"api_key_env_var": 1}, "openai")
except Exception as err:
    print(type(err).__name__)
from chromadb.api.async_client import AsyncClient
print(AsyncClient.__name__)
"""


def test_what_is_left_out_is_loaded_when_it_is_asked_for(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LOADED, str(tmp_path)], capture_output=True, text=True, check=True, timeout=120
    )
    assert ran.stdout.split() == ["False", "False", "ValidationError", "AsyncClient"]
