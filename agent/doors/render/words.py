"""The words around a report, for those who render one."""

from agent.words import Direction, Words, direction_of, load_words

__all__ = ["Direction", "Words", "direction_of", "load_words"]
