#!/usr/bin/env bash
# openai looks httpx up among the loaded modules: while another thread is loading it, a call with httpx2 alone fails.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check openai==3.54.0 httpx2==2.16.2 httpx==0.28.1 pydantic==2.14.3 || exit 2
"$room/bin/python" - <<'PY'
import importlib.abc, sys, threading, httpx2, openai

class Slow(importlib.abc.MetaPathFinder):
    """A slow disk: the client of httpx takes until it is asked for."""
    begun, go_on = threading.Event(), threading.Event()
    def find_spec(self, name, path, target=None):
        if name == "httpx._client":
            self.begun.set()
            self.go_on.wait(30)

def answer(request):
    return httpx2.Response(200, json={"object": "list", "data": [], "model": "m"})

client = openai.OpenAI(api_key="none", http_client=httpx2.Client(transport=httpx2.MockTransport(answer)))
def asked():
    try:
        return len(client.models.list().data)
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:80]

before = asked()
sys.meta_path.insert(0, Slow())
loading = threading.Thread(target=lambda: __import__("httpx"))
loading.start()
Slow.begun.wait(30)
meanwhile = asked()
Slow.go_on.set()
loading.join()
after = asked()
print("openai 3.54.0 on httpx2: the same request before, while and after another thread imports httpx 0.28.1")
print("expected: an answer each time; no object of httpx is used anywhere")
print("seen:    ", [before, meanwhile, after])
sys.exit(not (before == after == 0 and str(meanwhile).startswith("AttributeError")))
PY
