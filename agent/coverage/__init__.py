"""Coverage: what else was published, who copied whom, and what of it bears on a claim."""
