"""Where answers are kept: with the other tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from agent.config import Settings
from agent.storage.answers.interface import Answers


@contextmanager
def open_answers(settings: Settings) -> Iterator[Answers | None]:
    """The answers of an installation; None where keeping them is switched off."""
    most = settings.answer_cache_mb << 20
    if not settings.answer_cache:
        yield None
    elif settings.database_url is None:
        from agent.answers.file import AnswerFile

        with AnswerFile(settings.data_dir / "answers.sqlite", most) as file:
            yield file
    else:
        from agent.storage.answers.store import open_shared

        with open_shared(settings, most) as shared:
            yield shared
