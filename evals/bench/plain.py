"""The same calls by a plain asyncio program: `python -m evals.bench.plain CLAIMS SHAPE ADDRESS [--cold]`.

All readings side by side, one embedding, then all hearings side by side, with the client that the product uses, and
nothing around them: no store, no check of a quote, no origins, nothing kept. What the product takes beyond this is
what it takes for all of that. It prints one line of JSON, as `evals.bench.timed` does.
"""

import asyncio
import json
import re
import resource
import sys
import time
from collections import defaultdict

from openai import AsyncOpenAI

from agent.models import Label
from evals.bench.stories import Shape, Story, build_story
from evals.bench.timed import Outcome, megabytes, reset

_SENTENCES = 5
_CLAIMS = 8
_SYSTEM = "You check the claims of a news article. Answer with one JSON object and nothing else."
_FENCE = "5eed"
_CODE = re.compile(r"\b[A-Z]{2}\d{2}\b")


async def run_plain(client: AsyncOpenAI, story: Story) -> dict[str, Label]:
    """Each claim with what any document says of it."""
    sentences = [f"{one}." for one in story.article.text.rstrip(".").split(". ")]
    parts = [(n + 1, min(n + _SENTENCES, len(sentences))) for n in range(0, len(sentences), _SENTENCES)]
    read = await asyncio.gather(*(_asked(client, _reading(sentences, first, last)) for first, last in parts))
    claims = {f"c{n}": str(one["text"]) for n, one in enumerate((c for r in read for c in r["claims"]), 1)}
    await client.embeddings.create(model="simulated", input=list(claims.values()))
    heard = await asyncio.gather(*(_asked(client, question) for question in _hearings(story, claims)))
    stances: dict[str, set[str]] = defaultdict(set)
    for answer in (one for some in heard for one in some["answers"]):
        stances[answer["claim"]].add(answer["stance"])
    return {text: _label(stances[name]) for name, text in claims.items()}


def _reading(sentences: list[str], first: int, last: int) -> str:
    numbered = "\n".join(f"[{n}] {told}" for n, told in enumerate(sentences, 1))
    return f"{_fenced('article', numbered)}\nThe claims of sentences {first} to {last}."


def _hearings(story: Story, claims: dict[str, str]) -> list[str]:
    """Each document is asked about the claims whose code it tells, as a search would have found them."""
    questions = []
    for document in story.documents:
        told = [f"{name}: {text}" for name, text in claims.items() if _code(text) in document.text]
        chunks = [told[n : n + _CLAIMS] for n in range(0, len(told), _CLAIMS)]
        questions += [_fenced("text", document.text) + "\n" + _fenced("claims", "\n".join(some)) for some in chunks]
    return questions


def _code(claim: str) -> str:
    return _CODE.search(claim)[0]  # type: ignore[index]  # every claim of the story has one


def _fenced(kind: str, text: str) -> str:
    return f"<{kind}-{_FENCE}>\n{text}\n</{kind}-{_FENCE}>"


def _label(stances: set[str]) -> Label:
    if "contradicts" in stances:
        return Label.CONTESTED
    return Label.CORROBORATED if "supports" in stances else Label.UNSOURCED


async def _asked(client: AsyncOpenAI, question: str) -> dict[str, list[dict[str, str]]]:
    answer = await client.chat.completions.create(
        model="simulated",
        messages=[{"role": "system", "content": _SYSTEM}, {"role": "user", "content": question}],
    )
    told: dict[str, list[dict[str, str]]] = json.loads(answer.choices[0].message.content or "")
    return told


async def time_plain(claims: int, shape: Shape, url: str, *, cold: bool) -> Outcome:
    """As `evals.bench.timed`: a short article first, unless it is measured `cold`."""
    began = time.perf_counter()
    async with AsyncOpenAI(api_key="none", base_url=url, max_retries=0) as client:
        opened = time.perf_counter()
        if not cold:
            await run_plain(client, build_story(1, shape, seed=0))
        warm = time.perf_counter()
        reset(url)
        story = build_story(claims, shape)
        timed, used = time.perf_counter(), time.process_time()
        labels = await run_plain(client, story)
        ended, used = time.perf_counter(), time.process_time() - used
    return Outcome(
        wall_seconds=ended - timed,
        cpu_seconds=used,
        opening_seconds=opened - began,
        first_seconds=warm - opened,
        peak_mb=megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss),
        labels=dict(labels.items()),
        calls=0,
        prompt_tokens=0,
    )


if __name__ == "__main__":
    told: Shape = "own" if sys.argv[2] == "own" else "shared"
    print(asyncio.run(time_plain(int(sys.argv[1]), told, sys.argv[3], cold="--cold" in sys.argv)).model_dump_json())
