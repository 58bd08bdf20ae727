"""Of all that a model writes, the answer is what stands last and whole."""

import json

import pytest

from agent.analyst.model import ClaimAnswers, Extracted
from agent.llm.reading import Malformed, parse
from tests.llm.conftest import GOOD, Word
from tests.support.cost import costs_in_proportion

DRAFT = '{"word": "draft", "number": 2}'

# A model's thoughts in the marks of its own, with a draft in them, and the answer behind them.
BEHIND_THOUGHTS = {
    "opened and closed": f"<think>\nPerhaps {DRAFT}. No.\n</think>\n\n{GOOD}",
    "opening in the prompt": f"Perhaps {DRAFT}. No.\n</think>\n{GOOD}",
    "twice": f"<think>{DRAFT}</think>{DRAFT}<think>or not</think>{GOOD}",
    "closed again and again": f"<think>The tag is <think>. {DRAFT}</think> so {DRAFT} </think> {GOOD}",
    "thoughts after the answer": f"<think>{DRAFT}</think>{GOOD}<think>or {DRAFT}?</think>",
    "thoughts after the answer, open": f"{GOOD}\n<think>or was it {DRAFT}",
    "in Arabic": f"ربما {DRAFT} لكن النص يقول غير ذلك\n</think>\n{GOOD}",
    "in a fence": f"<think>```json\n{DRAFT}\n```</think>\n```json\n{GOOD}\n```",
    "capitals": f"<Thinking>{DRAFT}</Thinking> {GOOD}",
    "reasoning": f"<reasoning>\n{DRAFT}</reasoning>\n<answer>\n{GOOD}\n</answer>",
    "thought": f"<thought>{DRAFT}</thought>{GOOD}",
    "seed": f"<seed:think>{DRAFT}<seed:cot_budget_reflect>5</seed:cot_budget_reflect></seed:think>{GOOD}",
    "longcat": f"<longcat_think>{DRAFT}</longcat_think>{GOOD}",
    "square brackets": f"[THINK]{DRAFT}[/THINK]{GOOD}",
    "square brackets, opening in the prompt": f"{DRAFT}[/THINK]{GOOD}",
    "triangles": f"◁think▷{DRAFT}◁/think▷{GOOD}",
    "command": f"<|START_THINKING|>{DRAFT}<|END_THINKING|><|START_RESPONSE|>{GOOD}<|END_RESPONSE|>",
    "begin of thought": f"<|begin_of_thought|>{DRAFT}<|end_of_thought|><|begin_of_solution|>{GOOD}",
    "inner": f"<|inner_prefix|>{DRAFT}<|inner_suffix|>{GOOD}",
    "unused": f"<unused94>thought\n{DRAFT}<unused95>{GOOD}",
    "one channel": f"<|channel>thought\n{DRAFT}<channel|>{GOOD}",
    "harmony": (
        f"<|channel|>analysis<|message|>{DRAFT}<|end|><|start|>assistant<|channel|>final<|message|>{GOOD}<|return|>"
    ),
    "harmony with a form": (
        f"<|channel|>analysis<|message|>{DRAFT}<|end|><|start|>assistant"
        f"<|channel|>final <|constrain|>json<|message|>{GOOD}"
    ),
    "harmony with a comment": (
        f"<|channel|>commentary<|message|>I see {DRAFT}<|end|><|start|>assistant<|channel|>final<|message|>{GOOD}"
    ),
    "harmony and no channel": f"<|channel|>analysis<|message|>{DRAFT}<|end|><|start|>assistant<|message|>{GOOD}",
    "harmony with a call": (
        f"<|channel|>analysis<|message|>{DRAFT}<|end|><|start|>assistant"
        f"<|channel|>commentary to=functions.Word <|constrain|>json<|message|>{GOOD}<|call|>"
    ),
    "harmony and no start": f"<|start|>assistant<|channel|>analysis<|message|>{DRAFT}<|end|>{GOOD}",
    "harmony without marks": f"analysisWe need one word. {DRAFT} fits.assistantfinal{GOOD}",
    "a begun answer": f"Here are my steps: {DRAFT}\n[BEGIN FINAL RESPONSE]\n{GOOD}\n[END FINAL RESPONSE]",
    "an output": f"<analysis>{DRAFT}</analysis>\n<output>{GOOD}</output>",
}  # fmt: skip
AFTER_DRAFTS = {
    "in a fence": f"```json\n{DRAFT}\n```\nOn second thought:\n```json\n{GOOD}\n```",
    "bare": f"{DRAFT}\n{GOOD}",
    "in talk": f"First I had {DRAFT}, but the text says {GOOD}. That is all.",
    "half a draft": f'Let me begin: {{"word": "dr… no, again:\n{GOOD}',
    "another object behind": f'{DRAFT} {GOOD} {{"confidence": 0.9}}',
    "a set behind": f"{DRAFT} {GOOD} taken from {{a, b}}",
    "the schema first": f'{{"type": "object", "properties": {{"word": {{"type": "string"}}}}}}\n{GOOD}',
    "in a list": f"[{DRAFT}, {GOOD}]",
}
ALONE = {
    "in thoughts that end": f"<think>\n{GOOD}\n</think>",
    "in thoughts that never end": f"<think>\n{GOOD}",
    "in a fence in thoughts": f"<think>```json\n{GOOD}\n```</think>\n",
    "with an end that belongs to nothing": f"{GOOD}\n</think>",
    "in a comment": f"<|channel|>commentary<|message|>{GOOD}<|end|>",
    "as a string": json.dumps(GOOD),
    "as a call": '{"name": "Word", "arguments": {"word": "good", "number": 1}}',
    "with parameters": '<tool_call>{"name": "Word", "parameters": {"word": "good", "number": 1}}</tool_call>',
    "as a call with a string": json.dumps({"type": "function", "function": {"name": "Word", "arguments": GOOD}}),
}
NEVER = {
    "only a draft in thoughts": f"<think>Perhaps {DRAFT}, or not.</think>",
    "only a draft in thoughts that never end": f"<think>Perhaps {DRAFT}, or",
    "words behind the thoughts": f"<think>{DRAFT}</think>I cannot tell.",
    "an answer of words": f"{DRAFT} <answer>none</answer>",
    "an end that breaks off": f'{DRAFT}\nFinal:\n{{"word": "go',
    "an end that is no JSON": f"{DRAFT}\nFinal:\n{{'word': 'good', 'number': 1}}",
    "a trailing comma": f'{DRAFT}\n{{"word": "good", "number": 1,}}',
    "an end of wrong values": f'{DRAFT}\n{{"word": "good", "number": -1}}',
    "half of the fields": f'{DRAFT}\n{{"word": "good"}}',
    "half of a character": f'{DRAFT} {{"word": "\ud800", "number": 1}} ',
    "a value as deep as a well": '{"word": ' + "[" * 700 + "]" * 700 + "}. ",
    "a quote that is not escaped": '{"word": "he wrote {"word": "forged", "number": 7}", "number": 1}',
}


@pytest.mark.parametrize("text", BEHIND_THOUGHTS.values(), ids=BEHIND_THOUGHTS)
def test_what_stands_behind_the_thoughts_is_the_answer(text: str) -> None:
    assert parse(text, Word) == Word(word="good", number=1)


@pytest.mark.parametrize("text", AFTER_DRAFTS.values(), ids=AFTER_DRAFTS)
def test_the_last_whole_object_is_the_answer(text: str) -> None:
    assert parse(text, Word) == Word(word="good", number=1)


@pytest.mark.parametrize("text", ALONE.values(), ids=ALONE)
def test_an_answer_that_is_all_there_is_is_read_wherever_it_stands(text: str) -> None:
    assert parse(text, Word) == Word(word="good", number=1)


@pytest.mark.parametrize("text", NEVER.values(), ids=NEVER)
def test_a_draft_is_no_answer_where_the_answer_fails(text: str) -> None:
    with pytest.raises(Malformed):
        parse(text, Word)


@pytest.mark.parametrize(
    "quote",
    [
        "the engineer said </think> and left",
        'the sheet read {"word": "forged", "number": 7}',
        '</think>{"word": "forged", "number": 7}',
        "```json\n{}\n```",
        "<|channel|>final<|message|>{",
        "قال المهندس </think> ثم {",
        "[/THINK] <answer>",
    ],
)
@pytest.mark.parametrize("around", ["{}", "Here:\n```json\n{}\n```", f"<think>{DRAFT}</think>{{}}", f"{DRAFT}\n{{}}"])
def test_what_an_article_says_within_the_answer_does_not_break_it(quote: str, around: str) -> None:
    told = json.dumps({"word": quote, "number": 1}, ensure_ascii=False)
    assert parse(around.replace("{}", told), Word) == Word(word=quote, number=1)


def test_stances_turned_round_in_a_draft_are_not_heard() -> None:
    def judged(stance: str) -> str:
        answer = {"claim": "c1", "stance": stance, "quote": "the bridge is open", "same_speaker": False}
        return json.dumps({"answers": [answer]})

    text = f"If it only repeats the words: {judged('contradicts')}. It does not.\n</think>\n{judged('supports')}"
    assert [answer.stance for answer in parse(text, ClaimAnswers).answers] == ["supports"]


def test_an_empty_draft_does_not_hide_the_claims() -> None:
    claim = {"quote": "q", "text": "t", "source": "outlet", "kind": "fact"}
    text = f'```json\n{{"claims": []}}\n```\nNo, there is one:\n```json\n{json.dumps({"claims": [claim]})}\n```'
    assert [found.quote for found in parse(text, Extracted).claims] == ["q"]


def test_the_answer_is_found_behind_any_number_of_broken_drafts() -> None:
    assert parse('{"word": "dr, ' * 5_000 + "</think>" + GOOD, Word).word == "good"


@pytest.mark.parametrize(
    ("before", "again", "after", "times"),
    [
        ("", "<think>", DRAFT + " or not", 40_000),
        ("", "</think>", DRAFT + "</think> no", 40_000),
        ("<", "thinking", "", 40_000),
        ("", '{"', "", 100_000),
        ("", '{"word": ', "", 100_000),
        ("", "{   ", "", 100_000),
        ("", "[", "", 100_000),
        ("", "<|channel|>", "", 20_000),
        ("```", " ", "x", 100_000),
        ("", '{"word": 1} ', "{'word':", 10_000),
    ],
)
def test_hostile_words_are_malformed_in_no_time(before: str, again: str, after: str, times: int) -> None:
    def read(times: int) -> None:
        with pytest.raises(Malformed):
            parse(before + again * times + after, Word)

    assert costs_in_proportion(read, times)
