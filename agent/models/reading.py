"""What an analyst is given to read: a part of the article, or an evidence source."""

from agent.models.texts import ARTICLE, Frozen, Passage, Span


class Part(Frozen):
    """A few sentences of the article: `text == article.text[span.start:span.end]`."""

    index: int
    span: Span
    text: str


class Witness(Frozen):
    """One origin, heard alone: the passages of its first-told document that the claims found.

    `origin == ARTICLE` is the article itself, whose other speakers may contest a claim.
    """

    origin: str
    passages: tuple[Passage, ...]

    @property
    def is_article(self) -> bool:
        return self.origin == ARTICLE
