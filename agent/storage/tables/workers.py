"""Who works at jobs, by the signs that each gives. On a server alone: a data folder has one worker."""

from sqlalchemy import Column, DateTime, MetaData, Table, Text, func

from agent.storage.tables.columns import PLAIN, integer

WORKERS = MetaData()

workers = Table(
    "isnad_workers",
    WORKERS,
    Column("id", Text, primary_key=True),
    integer("jobs_at_once"),
    Column("seen_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    **PLAIN,
)
