"""An endpoint that has read only a part of what it was sent gives no answer, however well it reads."""

import pytest

from agent.errors import AnalystError
from agent.llm.reach import least_tokens, was_cut
from agent.models import FailureReason
from evals.servers.wire import Page
from evals.servers.wire_format import Asked, prompt_tokens
from tests.llm.conftest import GOOD, OpenChat, ask
from tests.support.endpoint import ScriptedEndpoint, piece, stream_of

# Each, and the fewest tokens that o200k, Llama 3, Gemma 3 and Qwen 3 make of it forty times over.
SENTENCES = {
    "English": (
        "The harbour board said on Tuesday that three of its pillars had cracks, and that the repair costs four "
        "million crowns.",
        920,
    ),
    "Arabic": (
        "قالت هيئة الميناء يوم الثلاثاء إن ثلاثة من أعمدة الجسر متشققة، وإن إصلاحها يكلف أربعة ملايين كرونة.",
        1161,
    ),
    "French": (
        "La direction du port a déclaré mardi que trois piliers étaient fissurés et que la réparation coûterait "
        "quatre millions de couronnes.",
        1120,
    ),
    "Russian": (
        "Управление порта заявило во вторник, что три опоры моста треснули, а ремонт обойдётся в четыре "
        "миллиона крон.",
        1241,
    ),
    "Chinese": ("港务局星期二表示，大桥的三根桥墩出现裂缝，修理费用为四百万克朗。", 999),
    "Thai": ("การท่าเรือกล่าวเมื่อวันอังคารว่า เสาสามต้นของสะพานมีรอยร้าว และค่าซ่อมแซมอยู่ที่สี่ล้านโครน", 1481),
    "Hindi": (
        "बंदरगाह बोर्ड ने मंगलवार को कहा कि पुल के तीन खंभों में दरारें हैं और मरम्मत पर चालीस लाख क्रोन खर्च होंगे।",
        1162,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "fewest"), SENTENCES.values(), ids=SENTENCES)
def test_no_text_is_thought_to_take_more_tokens_than_it_does(sentence: str, fewest: int) -> None:
    whole = " ".join([sentence] * 40)
    assert fewest / 2 < least_tokens(whole) < fewest * 0.9
    assert was_cut([whole], fewest // 2)
    assert not was_cut([whole], fewest)


def test_few_words_are_no_sign_of_anything() -> None:
    assert not was_cut(["Say a word."], 1)
    assert not was_cut(["word " * 100], 1)


def counting(share: float, cached: float = 0.0) -> Page:
    """An answer by an endpoint that counts so much of a prompt of 600 words."""
    usage = {"prompt_tokens": int(700 * share), "completion_tokens": 9}
    details = {"prompt_tokens_details": {"cached_tokens": int(700 * cached)}}
    return stream_of(piece({"content": GOOD}, "stop"), {"choices": [], "usage": usage | details})


LONG = "The bridge was closed. " * 150


@pytest.mark.parametrize("share", [0.2, 0.5, 0.6])
async def test_an_answer_from_a_part_of_the_text_is_a_failure_that_says_so(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, share: float
) -> None:
    endpoint.script(counting(share))
    with pytest.raises(AnalystError, match=f"counts {int(700 * share)} tokens .* from a part of it") as caught:
        await ask(await chat_with(), LONG)
    assert caught.value.reason is FailureReason.CONTEXT_OVERFLOW
    assert "num_ctx" in str(caught.value)
    assert caught.value.usage is not None
    assert caught.value.usage.calls == 1
    assert len(endpoint.chats) == 1


@pytest.mark.parametrize("answer", [counting(1.0), counting(2.0), counting(0.3, cached=0.8), counting(0.0)])
async def test_an_answer_from_the_whole_text_is_used(
    endpoint: ScriptedEndpoint, chat_with: OpenChat, answer: Page
) -> None:
    endpoint.script(answer)
    assert (await ask(await chat_with(), LONG)).value.word == "good"


async def test_what_was_answered_from_a_part_is_not_kept(endpoint: ScriptedEndpoint, chat_with: OpenChat) -> None:
    """A larger context is all that is needed to ask again."""
    context = [400]

    def served(asked: Asked) -> Page:
        counted = min(context[0], prompt_tokens(asked))
        usage = {"prompt_tokens": counted, "completion_tokens": 9}
        return stream_of(piece({"content": GOOD}, "stop"), {"choices": [], "usage": usage})

    endpoint.behave(served)
    chat = await chat_with()
    with pytest.raises(AnalystError, match="larger context"):
        await ask(chat, LONG)
    context[0] = 100_000
    assert (await ask(chat, LONG)).value.word == "good"
