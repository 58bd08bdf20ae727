"""Other ways to rank the documents of a retrieval set, to be held beside the product's own."""

from collections.abc import Sequence
from typing import Protocol

from evals.data.records import CorpusDocument

_STEMMERS = {"ar": "arabic", "en": "english"}
_NGRAMS = (3, 5)


class Ranker(Protocol):
    """Ranks documents for every query: their numbers, best first, at most `depth` of them."""

    def __call__(
        self, documents: Sequence[CorpusDocument], queries: Sequence[str], depth: int
    ) -> list[list[int]]: ...


def bm25(documents: Sequence[CorpusDocument], queries: Sequence[str], depth: int) -> list[list[int]]:
    """`bm25s` as it comes."""
    return _bm25(documents, queries, depth, None)


def bm25_stemmed(documents: Sequence[CorpusDocument], queries: Sequence[str], depth: int) -> list[list[int]]:
    """`bm25s` with the Snowball stemmer of the set's language."""
    import Stemmer  # type: ignore[import-not-found]  # a C module without types

    return _bm25(documents, queries, depth, Stemmer.Stemmer(_STEMMERS[documents[0].lang]))


def tfidf(documents: Sequence[CorpusDocument], queries: Sequence[str], depth: int) -> list[list[int]]:
    """TF-IDF of character n-grams within words, by cosine."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]  # ships no types

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=_NGRAMS, sublinear_tf=True)
    likeness = vectorizer.fit_transform(map(_whole, documents)) @ vectorizer.transform(queries).T
    order: list[list[int]] = np.argsort(-likeness.T.toarray(), axis=1, kind="stable")[:, :depth].tolist()
    return order


def _bm25(
    documents: Sequence[CorpusDocument], queries: Sequence[str], depth: int, stemmer: object
) -> list[list[int]]:
    import bm25s  # type: ignore[import-untyped]  # ships no types

    index = bm25s.BM25()
    index.index(bm25s.tokenize([*map(_whole, documents)], stemmer=stemmer, show_progress=False), show_progress=False)
    asked = bm25s.tokenize(list(queries), stemmer=stemmer, return_ids=False, show_progress=False)
    found, _ = index.retrieve(asked, k=min(depth, len(documents)), show_progress=False)
    order: list[list[int]] = found.tolist()
    return order


def _whole(document: CorpusDocument) -> str:
    return f"{document.title}\n{document.text}" if document.title else document.text
