"""Everything between Isnad and an OpenAI-compatible endpoint. Importing this package does not import openai."""

from agent.llm.endpoint import (
    Chat,
    Embeddings,
    open_cached_chat,
    open_cached_embeddings,
    open_chat,
    open_embeddings,
)
from agent.llm.exchange import EndpointVectors, ModelAnswer

__all__ = [
    "Chat",
    "Embeddings",
    "EndpointVectors",
    "ModelAnswer",
    "open_cached_chat",
    "open_cached_embeddings",
    "open_chat",
    "open_embeddings",
]
