#!/usr/bin/env bash
# openai turns an answer that was not streamed into a stream of nothing, without an error.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check openai==3.54.0 httpx2==2.16.2 pydantic==2.14.3 || exit 2
"$room/bin/python" - <<'PY'
import sys, httpx2, openai

ANSWER = {"id": "1", "object": "chat.completion", "created": 1, "model": "m",
          "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "The bridge is closed."}}]}
endpoint = httpx2.MockTransport(lambda request: httpx2.Response(200, json=ANSWER))
client = openai.OpenAI(base_url="http://model.example/v1", api_key="none", http_client=httpx2.Client(transport=endpoint))
messages = [{"role": "user", "content": "Is the bridge open?"}]
whole = client.chat.completions.create(model="m", messages=messages).choices[0].message.content
parts = list(client.chat.completions.create(model="m", messages=messages, stream=True))
print("openai 3.54.0: a gateway that ignores stream=True and answers 200 with a whole completion (application/json)")
print("expected: the answer, or an error because it is not text/event-stream")
print("seen:    ", [whole], "without stream,", parts, "with it")
sys.exit(not (whole and parts == []))
PY
