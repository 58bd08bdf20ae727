"""What the description shows of a group of routes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Any


@dataclass(frozen=True)
class RouteExamples:
    """By operation: `answers` in JSON by their status, `texts` of status 200 by their media type, and `bodies` that
    are sent."""

    answers: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    bodies: Mapping[str, Json] = field(default_factory=dict)

    def __or__(self, other: "RouteExamples") -> "RouteExamples":
        return RouteExamples(
            {**self.answers, **other.answers}, {**self.texts, **other.texts}, {**self.bodies, **other.bodies}
        )
