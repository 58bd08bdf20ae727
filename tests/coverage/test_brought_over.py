"""Stores of an earlier release or of another embedder: told, brought over by one command, nothing added again."""

import pytest

from agent.config import Settings
from agent.coverage.archive import open_coverage
from agent.coverage.embedding.built_in import BuiltInEmbedder
from agent.coverage.embedding.embed import Unlimited
from agent.coverage.embedding.hashed import HashedEmbedder
from agent.coverage.index.catalogue import open_catalogue
from agent.coverage.index.chroma import IndexLocation
from agent.coverage.index.store import Index
from agent.errors import EmbedderMismatch
from agent.models import Document
from tests.support.shelf import ARTICLE, OPENS, ORANGES, QUAY, WITNESS, CountingEmbedder, report

REPORTS = [report(QUAY, "Bay Agency"), report(WITNESS, "Mole Mail"), report(ORANGES, "Markets")]
ARABIC = report("أعلنت إدارة الميناء أن الرصيف الثاني سيعاد فتحه هذا الأسبوع.", "نشرة المرفأ").model_copy(
    update={"language": "ar"}
)


def _as_before(settings: Settings) -> None:
    """The layout in which all languages stood together."""
    index = Index(IndexLocation(settings.data_dir / "chroma"))
    with open_catalogue(settings) as catalogue:
        space, keys = str(catalogue.fact("space")), [key for key, _ in catalogue.spoken_keys()]
        vectors = index.vectors(space, keys)
        index.drop(space)
        index.write(space, keys, [vectors[key] for key in keys], ["und"] * len(keys))
        catalogue.forget("languages_parted")
    index.close()


async def test_vectors_that_stood_together_go_to_their_languages_and_nothing_is_embedded_again(
    settings: Settings,
) -> None:
    with open_coverage(settings, CountingEmbedder()) as coverage:
        await coverage.add([*REPORTS, ARABIC])
        found = await coverage.search(ARTICLE, [OPENS], Unlimited())
    _as_before(settings)
    embedder = CountingEmbedder()
    with open_coverage(settings, embedder) as coverage:
        assert await coverage.search(ARTICLE, [OPENS], Unlimited()) == found
    assert len(found.leads) > 1
    wanted = {OPENS.text, f"{ARTICLE.title}: {OPENS.text}", ARTICLE.title}
    assert {text for some in embedder.asked for text in some} == wanted
    index = Index(IndexLocation(settings.data_dir / "chroma"))
    with open_catalogue(settings) as catalogue:
        assert index.languages(str(catalogue.fact("space"))) == ["ar", "en", "und"]
        assert index.count(str(catalogue.fact("space"))) == catalogue.counts.keys()
    index.close()


async def test_a_store_of_words_alone_is_told_and_brought_over_to_find_another_language(settings: Settings) -> None:
    with open_coverage(settings, HashedEmbedder()) as coverage:
        await coverage.add([*REPORTS, ARABIC])
    _as_before(settings)
    with (
        pytest.raises(EmbedderMismatch, match="isnad coverage reindex"),
        open_coverage(settings, BuiltInEmbedder()),
    ):
        pytest.fail("opened a store of another embedder")
    steps: list[int] = []
    with open_coverage(settings, BuiltInEmbedder(), any_embedder=True) as coverage:
        await coverage.reindex(steps.append)
        assert sum(steps) == 4
    with open_coverage(settings, BuiltInEmbedder()) as coverage:
        found = await coverage.query(OPENS.text, 4)
        assert ARABIC.id in {one.passage.document_id for one in found if one.heard}
        assert coverage.left_unsearched("en") == 0
        assert coverage.left_unsearched("fa") == 4


async def test_a_store_without_sentences_is_told_and_brought_over_to_have_them(settings: Settings) -> None:
    """As layout 5 left it: passages of several sentences were vectors of the whole alone."""
    single = Document.of(f"{QUAY} {ORANGES}", language="en", outlet="Bay Agency")
    with open_coverage(settings, BuiltInEmbedder()) as coverage:
        await coverage.add([single, *REPORTS])
        found = await coverage.search(ARTICLE, [OPENS], Unlimited())
    kept = _sentences(settings)
    with open_catalogue(settings) as catalogue:
        with catalogue.database.writing() as connection:
            connection.execute("DROP TABLE sentences")
        splitter = str(catalogue.fact("splitter"))
        catalogue.learn(layout="5", splitter=splitter.rsplit("/", 1)[0])
    with pytest.raises(EmbedderMismatch, match="isnad coverage reindex"), open_coverage(settings, BuiltInEmbedder()):
        pytest.fail("searched a store of an earlier cutting")
    with open_coverage(settings, BuiltInEmbedder(), any_embedder=True) as coverage:
        await coverage.reindex()
    assert kept == _sentences(settings) != {}
    with open_coverage(settings, BuiltInEmbedder()) as coverage:
        assert len(list(coverage.documents())) == len(REPORTS) + 1
        assert await coverage.search(ARTICLE, [OPENS], Unlimited()) == found


def _sentences(settings: Settings) -> dict[str, bytes]:
    with open_catalogue(settings) as catalogue, catalogue.database.reading() as connection:
        return {key: bytes(vectors) for key, vectors in connection.execute("SELECT key, vectors FROM sentences")}
