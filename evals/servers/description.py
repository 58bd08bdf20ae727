"""`python -m evals.servers.description` prints the description of the API as a service would answer it."""

import asyncio
import json
import tempfile
from pathlib import Path

from agent.config import Settings
from agent.doors.api.app import open_app
from agent.doors.api.service import open_service


async def _described(folder: Path) -> str:
    async with open_service(Settings(data_dir=folder), works=False) as service, open_app(service) as app:
        return json.dumps(app.openapi(), ensure_ascii=False)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print(asyncio.run(_described(Path(name))))
