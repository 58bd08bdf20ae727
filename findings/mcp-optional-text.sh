#!/usr/bin/env bash
# A tool argument "str | None" of an MCP server: the text null becomes None, and a text that looks like JSON is refused.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check mcp==2.3.0 pydantic==2.14.3 || exit 2
"$room/bin/python" - <<'PY'
import asyncio, logging, sys
from mcp import Client
from mcp.server.mcpserver import MCPServer

logging.disable(logging.CRITICAL)
server = MCPServer("newsroom")
@server.tool()
def required(text: str) -> str: return repr(text)
@server.tool()
def optional(text: str | None = None) -> str: return repr(text)

async def main():
    async with Client(server) as client:
        async def call(tool, text):
            result = await client.call_tool(tool, {"text": text})
            return "an error" if result.is_error else result.content[0].text
        texts = ("17", "null", '{"headline": "Bridge"}')
        return {text: (await call("required", text), await call("optional", text)) for text in texts}

seen = asyncio.run(main())
print("mcp 2.3.0: three strings handed to a tool that takes a str, and to one that takes a str or nothing")
print("expected: the string both times; each is valid under the schema that the server itself publishes (anyOf string, null)")
print("seen:    ", seen)
sys.exit(not (seen["null"] == ("'null'", "None") and seen['{"headline": "Bridge"}'][1] == "an error"))
PY
