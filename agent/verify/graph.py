"""The graph of a run: which step follows which. Nothing is built at import and nothing is decided here."""

from functools import lru_cache

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agent.verify.nodes import (
    RunDeps,
    any_claims,
    collect,
    compare,
    each_part,
    each_witness,
    extract,
    judge,
    label,
    retrieve,
    split,
)
from agent.verify.state import CompareTask, HearTask, Input, ReadTask, State

Graph = CompiledStateGraph[State, RunDeps, Input, State]
ClaimsGraph = CompiledStateGraph[State, RunDeps, State, State]


def build_graph(checkpointer: BaseCheckpointSaver[str] | None = None) -> Graph:
    """The compiled graph. What its steps need comes in with each run, as context."""
    return _compiled().copy({"checkpointer": checkpointer})


@lru_cache(maxsize=1)
def _compiled() -> Graph:
    """Compiled once a process: it looks through the code of each step, which takes longer than to open the rest."""
    graph = StateGraph(State, context_schema=RunDeps, input_schema=Input, output_schema=State)
    graph.add_node("split", split)
    graph.add_node("extract", extract, input_schema=ReadTask)
    graph.add_node("collect", collect)
    _add_checking(graph)
    graph.add_edge(START, "split")
    graph.add_conditional_edges("split", each_part, ["extract"])
    graph.add_edge("extract", "collect")
    graph.add_conditional_edges("collect", any_claims, ["retrieve", "label"])
    return graph.compile(name="isnad")


@lru_cache(maxsize=1)
def build_claims_graph() -> ClaimsGraph:
    """The second half of the same graph, for claims that are known already."""
    graph = StateGraph(State, context_schema=RunDeps, input_schema=State, output_schema=State)
    _add_checking(graph)
    graph.add_edge(START, "retrieve")
    return graph.compile(name="isnad-claims")


def _add_checking(
    graph: "StateGraph[State, RunDeps, Input, State] | StateGraph[State, RunDeps, State, State]",
) -> None:
    """From claims to their labels."""
    graph.add_node("retrieve", retrieve)
    graph.add_node("judge", judge, input_schema=HearTask)
    graph.add_node("compare", compare, input_schema=CompareTask)
    graph.add_node("label", label)
    graph.add_conditional_edges("retrieve", each_witness, ["judge", "compare", "label"])
    graph.add_edge("judge", "label")
    graph.add_edge("compare", "label")
    graph.add_edge("label", END)
