"""What Isnad says to people, in every language that it speaks: one file a language, read by `load_words`."""

from agent.messages.catalogue import ENGLISH, languages, spoken_for, strangers_told
from agent.messages.direction import Direction, direction_of
from agent.messages.words import Words, load_words

__all__ = ["ENGLISH", "Direction", "Words", "direction_of", "languages", "load_words", "spoken_for", "strangers_told"]
