"""Everything between Isnad and an OpenAI-compatible endpoint. Importing this package does not import openai."""

from agent.llm.exchange import Answer, Vectors
from agent.llm.opening import Chat, Embeddings, open_chat, open_embeddings

__all__ = ["Answer", "Chat", "Embeddings", "Vectors", "open_chat", "open_embeddings"]
