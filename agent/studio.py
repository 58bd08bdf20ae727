"""The graph for LangGraph's own server and Studio, which call it without a context: it brings its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from langchain_core.runnables import RunnableConfig
from langgraph.runtime import Runtime

from agent.app import open_verifier
from agent.config import load_settings
from agent.verify.graph import Graph, build_graph

# Where a graph factory may leave the context of the runs to come.
_RUNTIME = "__pregel_runtime"


@asynccontextmanager
async def graph(config: RunnableConfig) -> AsyncIterator[Graph]:
    """The graph on the configured analyst and store, closed after the run. Input: `run_id` and `article`."""
    async with open_verifier(load_settings()) as verifier:
        yield build_graph().with_config({"configurable": {_RUNTIME: Runtime(context=verifier.deps())}})
