"""PostgreSQL and Chroma as servers of their own, for measuring the store on them beside the one in files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from agent.config import Settings
from evals.servers.chroma import run_chroma
from evals.servers.postgres import PostgresServer, run_postgres


@dataclass(frozen=True, slots=True)
class Servers:
    database: PostgresServer
    chroma_url: str

    @property
    def environment(self) -> dict[str, str]:
        """With a new, empty database."""
        return {"ISNAD_DATABASE_URL": self.database.create_database(), "ISNAD_CHROMA_URL": self.chroma_url}


@contextmanager
def run_servers() -> Iterator[Servers]:
    with run_postgres() as database, run_chroma() as chroma_url:
        yield Servers(database, chroma_url)


def settings_on(servers: Servers | None, folder: Path) -> Settings:
    """Everything in a new database of the servers, or in a folder when there are none."""
    if servers is None:
        return Settings(data_dir=folder)
    url = SecretStr(servers.database.create_database())
    return Settings(data_dir=folder, database_url=url, chroma_url=servers.chroma_url)
