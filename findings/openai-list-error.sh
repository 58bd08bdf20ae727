#!/usr/bin/env bash
# openai drops what an endpoint says of an error where the body is a list, as some compatible endpoints send it.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check openai==3.54.0 httpx2==2.16.2 pydantic==2.14.3 || exit 2
"$room/bin/python" - <<'PY'
import http.server, sys, threading, openai

class Endpoint(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        said = b'{"error": {"code": 400, "message": "The prompt is too long"}}'
        body = said if "plain" in self.path else b"[" + said + b"]"
        self.send_response(400)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    log_message = lambda *_: None

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = openai.OpenAI(api_key="none")
def said(kind):
    try:
        client.with_options(base_url=f"http://127.0.0.1:{server.server_port}/{kind}").embeddings.create(model="m", input="bridge")
    except openai.BadRequestError as error:
        return str(error)
plain, listed = said("plain"), said("list")
print("openai 3.54.0: the same error as an object and as a list of one object")
print("expected: the words of the endpoint, or the body that was not understood, in both messages")
print("seen:    ", [plain, listed])
sys.exit(not ("too long" in plain and "too long" not in listed))
PY
