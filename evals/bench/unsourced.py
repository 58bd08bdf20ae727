"""Finished reports of invented articles with nothing found: what the watch and past claims are tried on."""

from collections.abc import Sequence

from agent.models import (
    AnalystInfo,
    Article,
    Counts,
    Dropped,
    Finding,
    Gap,
    Label,
    Report,
    Searched,
    Span,
    Timings,
    TotalUsage,
)


def unsourced_report(run_id: str, article: Article, sentences: Sequence[str], embedder: str) -> Report:
    """Each of the sentences, which stand in the article, is a claim of it."""
    starts = [article.text.index(one) for one in sentences]
    return Report(
        run_id=run_id,
        article=article,
        analyst=AnalystInfo(kind="lexical", embedder=embedder),
        claims=tuple(
            Finding(
                id=f"c{at}",
                text=one,
                quote=one,
                spans=(Span(start=start, end=start + len(one)),),
                label=Label.UNSOURCED,
                unsourced_because=Gap.NOT_FOUND,
            )
            for at, (one, start) in enumerate(zip(sentences, starts, strict=True), 1)
        ),
        counts=Counts(unsourced=len(sentences)),
        searched=Searched(),
        dropped=Dropped(),
        usage=TotalUsage(),
        timings=Timings(),
    )
