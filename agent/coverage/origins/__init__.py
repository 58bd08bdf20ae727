"""Who copied whom, whom a report credits, and so how many origins stand behind what many articles say."""
