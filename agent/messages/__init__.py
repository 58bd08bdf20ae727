"""What Isnad says to people, in every language that it speaks: one file a language, read by `load_words`."""

from agent.messages.catalogue import ENGLISH, fallback_text, languages, spoken_for
from agent.messages.direction import Direction, direction_of
from agent.messages.words import Words, load_words

__all__ = ["ENGLISH", "Direction", "Words", "direction_of", "fallback_text", "languages", "load_words", "spoken_for"]
