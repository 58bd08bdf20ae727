"""One question as it goes out, in the form that the endpoint is known to accept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from agent.budget import estimate_tokens
from agent.config import Settings
from agent.llm.habits import EndpointCapabilities
from agent.llm.structured import Json, correction, instruction

# A bad answer is shown back to its author only so far: what is wrong with it stands in the correction.
_SHOWN_BAD_ANSWER = 8_000


@dataclass(frozen=True)
class ChatRequest:
    """`correction` and `bad_answer` are set on the second asking, after an answer that could not be used."""

    system: str
    user: str
    schema_name: str
    schema: Mapping[str, Json]
    bad_answer: str | None = None
    problem: str = ""

    def corrected(self, bad_answer: str, problem: str) -> "ChatRequest":
        return replace(self, bad_answer=bad_answer[:_SHOWN_BAD_ANSWER] or "(nothing)", problem=problem)

    def messages(self, habits: EndpointCapabilities) -> list[dict[str, str]]:
        """Where the endpoint does not hold the model to the schema, the model is shown it."""
        text = "" if habits.mode == "schema" else f"\n\n{instruction(self.schema)}"
        messages = [
            {"role": "system", "content": self.system + text},
            {"role": "user", "content": self.user},
        ]
        if self.bad_answer is not None:
            messages.append({"role": "assistant", "content": self.bad_answer})
            messages.append({"role": "user", "content": correction(self.problem, self.schema)})
        return messages

    def options(self, habits: EndpointCapabilities, settings: Settings) -> dict[str, Json]:
        """Everything beside model and messages; what the endpoint refused before is left out."""
        wanted: dict[str, Json] = {
            "stream_options": {"include_usage": True},
            "temperature": settings.temperature,
            "max_completion_tokens": settings.max_output_tokens,
        }
        if "max_completion_tokens" in habits.without:
            wanted["max_tokens"] = settings.max_output_tokens
        sent: dict[str, Json] = {
            name: value for name, value in wanted.items() if value is not None and name not in habits.without
        }
        if habits.mode == "schema":
            sent["response_format"] = {"type": "json_schema", "json_schema": self._strict()}
        elif habits.mode == "json":
            sent["response_format"] = {"type": "json_object"}
        return sent

    def estimate(self) -> int:
        """Tokens that the prompt may take, the schema included: endpoints count it, too."""
        parts = (self.system, self.user, self.bad_answer or "", self.problem, instruction(self.schema))
        return sum(map(estimate_tokens, parts))

    def _strict(self) -> dict[str, Json]:
        return {"name": self.schema_name, "strict": True, "schema": dict(self.schema)}
