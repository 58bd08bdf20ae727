import json
from importlib import import_module
from pathlib import Path

from agent.models import Report

ROOT = Path(__file__).parents[1]


async def test_the_graph_that_langgraph_json_names_runs_on_plain_json() -> None:
    named = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))["graphs"]["isnad"]
    path, _, name = named.partition(":")
    factory = getattr(import_module(path.removeprefix("./").removesuffix(".py").replace("/", ".")), name)
    given = {"run_id": "r1", "article": {"text": "The minister said the bridge is closed.", "language": "en"}}
    async with factory({}) as graph:
        state = await graph.ainvoke(given)
    assert isinstance(state["report"], Report)
    assert [finding.quote for finding in state["report"].claims] == ["the bridge is closed"]
