"""What a wheel carries inside the package: a folder at the top of the repository would be a package of that name."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLED = ("prompts", "evals", "examples")


class Bundle(BuildHookInterface):
    """An editable installation finds the folders where they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"] |= {name: f"agent/_bundled/{name}" for name in BUNDLED}
