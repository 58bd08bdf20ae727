"""The map of a turn: understand; then, for each thing asked for, ask where something would change, act, answer."""

from functools import lru_cache

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agent.chat.deps import ChatDeps
from agent.chat.nodes import (
    act,
    after_answer,
    after_prepared,
    answer,
    confirm,
    listen,
    prepare,
    proceed,
    recheck,
    understand,
)
from agent.chat.state import ChatInput, ChatState

ChatGraph = CompiledStateGraph[ChatState, ChatDeps, ChatInput, ChatState]


def build_chat_graph(checkpointer: BaseCheckpointSaver[str]) -> ChatGraph:
    """The compiled graph; what its steps work with comes in with each turn, as context."""
    return _compiled().copy({"checkpointer": checkpointer})


@lru_cache(maxsize=1)
def _compiled() -> ChatGraph:
    graph = StateGraph(ChatState, context_schema=ChatDeps, input_schema=ChatInput, output_schema=ChatState)
    graph.add_node("listen", listen)
    graph.add_node("understand", understand)
    graph.add_node("prepare", prepare)
    graph.add_node("confirm", confirm)
    graph.add_node("act", act)
    graph.add_node("recheck", recheck)
    graph.add_node("answer", answer)
    graph.add_node("proceed", proceed)
    graph.add_edge(START, "listen")
    graph.add_edge("listen", "understand")
    graph.add_edge("understand", "prepare")
    graph.add_conditional_edges("prepare", after_prepared, ["confirm", "act", "answer"])
    graph.add_edge("confirm", "act")
    graph.add_edge("act", "recheck")
    graph.add_edge("recheck", "answer")
    graph.add_conditional_edges("answer", after_answer, ["proceed", END])
    graph.add_edge("proceed", "prepare")
    return graph.compile(name="isnad-chat")
