"""The chain of transmission, drawn and as lines of a terminal."""

from agent.doors.render.chain.drawing import LinkOf, draw_chain
from agent.doors.render.chain.files import chain_file, chain_of
from agent.doors.render.chain.lines import render_chain_text

__all__ = ["LinkOf", "chain_file", "chain_of", "draw_chain", "render_chain_text"]
