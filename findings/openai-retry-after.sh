#!/usr/bin/env bash
# openai gives up at once where a busy endpoint asks it to wait for more than two minutes.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check openai==3.54.0 httpx2==2.16.2 pydantic==2.14.3 || exit 2
"$room/bin/python" - <<'PY'
import sys, httpx2, openai

def requests(seconds):
    asked = []
    def answer(request):
        asked.append(request)
        return httpx2.Response(429, headers={"retry-after": seconds}, json={"error": {"message": "busy"}})
    client = openai.OpenAI(base_url="http://model.example/v1", api_key="none", max_retries=1,
                           http_client=httpx2.Client(transport=httpx2.MockTransport(answer)))
    client._sleep_for_retry = lambda **_: None
    try:
        client.embeddings.create(model="m", input="bridge")
    except openai.RateLimitError:
        return len(asked)

seen = {seconds: requests(seconds) for seconds in ("1", "120", "121")}
print("openai 3.54.0: a 429 with Retry-After, and max_retries=1")
print("expected: two requests each time; max_retries is documented as the number of retries, without a longest wait")
print("seen:    ", seen, "requests")
sys.exit(seen != {"1": 2, "120": 2, "121": 1})
PY
