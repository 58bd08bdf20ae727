"""What a thread speaks of: which report, which claim, which of several that were shown."""

from agent.chat.actions import OF_CLAIM, Action, ActionName
from agent.chat.records import ChatAnswer
from agent.chat.state import ChatState, Focus

# A list is spoken of ("the second of those") for so many messages, questions and answers together.
_REMEMBERED = 9
_OF_FOCUS = OF_CLAIM | {ActionName.CORRECT, ActionName.EDIT, ActionName.GATHER, ActionName.RECHECK}


def report_meant(action: Action, state: ChatState) -> str | None:
    """The report that is meant: that of the claim last spoken of, where nothing names another one."""
    focus = state.get("focus")
    words = action.claim if action.name in (ActionName.CORRECT, ActionName.EDIT) else action.words
    named = action.numbers or action.whole or words
    if focus is None or named or action.name not in _OF_FOCUS:
        return state.get("run_id")
    return focus.run_id


def claim_spoken_of(state: ChatState, run_id: str | None) -> str | None:
    """The claim of a report that was last spoken of."""
    focus = state.get("focus")
    return focus.claim_id if focus and focus.run_id == run_id else None


def focus_after(answered: ChatAnswer, before: Focus | None) -> Focus | None:
    if answered.run_id is not None and len(answered.claim_ids) == 1:
        return Focus(run_id=answered.run_id, claim_id=answered.claim_ids[0])
    # "It" is none of several that were just shown, and none of before where something was asked that is not known.
    return before if answered.answered and not answered.claim_ids else None


def claims_listed(state: ChatState) -> tuple[int, ...]:
    """The claims of the last answer that showed several, where it spoke of the report that is spoken of now."""
    for message in reversed(state.get("messages", [])[-_REMEMBERED:]):
        answered = message.answer
        if answered is not None and answered.run_id == state.get("run_id") and len(answered.claim_ids) > 1:
            return tuple(int(claim[1:]) for claim in answered.claim_ids)
    return ()


def place_of(state: ChatState) -> str:
    """What an action is known by in its thread: the number of its turn, and its own where there are several."""
    step = state.get("step", 0)
    return f"{state['turn']}-{step}" if step else str(state["turn"])
