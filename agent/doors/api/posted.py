"""What callers post as JSON: checked against its description, within bounds on the checking itself."""

from typing import Self

from pydantic import ModelWrapValidatorHandler, model_validator

from agent.models import Frozen

# Every key that is not known is a complaint of its own, and a body has room for half a million of them.
_MOST_KEYS = 50


class Posted(Frozen):
    @model_validator(mode="wrap")
    @classmethod
    def _few_keys(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(data, dict) and len(data) > _MOST_KEYS:
            raise ValueError(f"{len(data)} keys were sent, and no more than {_MOST_KEYS} are looked at")
        return handler(data)
