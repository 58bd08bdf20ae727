"""Who told whom: the chain of transmission of a claim, and of an article, read from a report alone.

What is drawn, listed or told in a chat is the same structure; none of them decides anything.
"""

from agent.chain.building import chain_of_claim, chain_of_report
from agent.chain.records import Chain, ChainBond, ChainLink, ChainNode, ChainRole, ChainSide
from agent.chain.tree import SideBranches, TreeBranch, branches
from agent.chain.wording import ChainWording

__all__ = [
    "Chain",
    "ChainBond",
    "ChainLink",
    "ChainNode",
    "ChainRole",
    "ChainSide",
    "ChainWording",
    "SideBranches",
    "TreeBranch",
    "branches",
    "chain_of_claim",
    "chain_of_report",
]
