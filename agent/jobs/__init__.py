"""Durable verification jobs: what is accepted gets done, whatever happens to the process that accepted it.

Callers see four verbs (`Jobs`); DBOS Transact is behind them. Importing this package loads no engine.
"""

from agent.errors import KeyReused, QueueFull, UnknownJob
from agent.jobs.protocol import Jobs, Page
from agent.jobs.records import Job, JobEvent, JobProblem, JobRequest, JobState, Limits, Outcome, Piece

__all__ = [
    "Job",
    "JobEvent",
    "JobProblem",
    "JobRequest",
    "JobState",
    "Jobs",
    "KeyReused",
    "Limits",
    "Outcome",
    "Page",
    "Piece",
    "QueueFull",
    "UnknownJob",
]
