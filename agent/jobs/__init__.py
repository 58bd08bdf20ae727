"""Durable verification jobs: what is accepted gets done, whatever happens to the process that accepted it.

Callers see four verbs (`Jobs`); DBOS Transact is behind them. Importing this package loads no engine.
"""

from agent.errors import KeyReused, QueueFull, UnknownJob
from agent.jobs.protocol import JobPage, Jobs
from agent.jobs.records import BlockSegment, Job, JobEvent, JobProblem, JobRequest, JobState, Limits, Outcome

__all__ = [
    "BlockSegment",
    "Job",
    "JobEvent",
    "JobPage",
    "JobProblem",
    "JobRequest",
    "JobState",
    "Jobs",
    "KeyReused",
    "Limits",
    "Outcome",
    "QueueFull",
    "UnknownJob",
]
