"""Word lists by language, from the data files beside this module."""

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=256)
def listed(name: str, section: str, language: str) -> frozenset[str]:
    """The words of a section of `name`.toml for a language, by its primary code; none where it has none."""
    return frozenset(_tables(name)[section].get(language.split("-")[0].lower(), "").split())


@lru_cache(maxsize=2)
def _tables(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(files("agent.text").joinpath(f"{name}.toml").read_text("utf-8"))
