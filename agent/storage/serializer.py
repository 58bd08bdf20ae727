"""How checkpoints are read: they bring back only the types that they are told, also under the names that these had in
earlier versions."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import ormsgpack
from langgraph.checkpoint.serde.jsonplus import EXT_PYDANTIC_V2, JsonPlusSerializer
from langgraph.types import Send

from agent.models import Frozen

_PACKED = "msgpack"
_OPTION = ormsgpack.OPT_NON_STR_KEYS
# Half a character is written as a sign for one, as LangGraph has it.
_WRITTEN = _OPTION | ormsgpack.OPT_REPLACE_SURROGATES


class TypeSerializer(JsonPlusSerializer):
    """LangGraph's serializer for the values of `types` alone; anything else comes back as plain data."""

    def __init__(self, types: Iterable[type]) -> None:
        super().__init__(allowed_msgpack_modules=list(types))

    def dumps_typed(self, obj: object) -> tuple[str, bytes]:
        return super().dumps_typed(_with_packed(obj))

    def loads_typed(self, data: tuple[str, bytes]) -> object:
        kind, packed = data
        return super().loads_typed((kind, _renamed(packed)) if kind == _PACKED else data)


def _with_packed(value: object) -> object:
    """The same with every model as it is stored: made of plain data in one step, where LangGraph would be asked for
    each day and each member of an enum in it, and hand over the whole twice."""
    if isinstance(value, Frozen):
        kind = type(value)
        parts = (kind.__module__, kind.__name__, value.model_dump(mode="json"), "model_validate_json")
        return ormsgpack.Ext(EXT_PYDANTIC_V2, ormsgpack.packb(parts, option=_WRITTEN))
    if isinstance(value, Send):
        return Send(value.node, _with_packed(value.arg), timeout=value.timeout)
    if type(value) is dict:
        return {key: _with_packed(one) for key, one in value.items()}
    if type(value) is list or type(value) is tuple:
        return type(value)(map(_with_packed, value))
    return value


def _renamed(packed: bytes) -> bytes:
    """The same values, with types by the names that they have now."""
    if not any(name in packed for name in _former_modules()):
        return packed
    return ormsgpack.packb(ormsgpack.unpackb(packed, ext_hook=_rename, option=_OPTION), option=_OPTION)


def _rename(code: int, packed: bytes) -> ormsgpack.Ext:
    """A value of a type is packed as the module and the name of its type, what it is made of, and how."""
    parts = ormsgpack.unpackb(packed, ext_hook=_rename, option=_OPTION)
    if isinstance(parts, list) and all(isinstance(part, str) for part in parts[:2]):
        parts[:2] = _former_types().get(".".join(parts[:2]), parts[:2])
    return ormsgpack.Ext(code, ormsgpack.packb(parts, option=_OPTION))


@cache
def _former_types() -> dict[str, list[str]]:
    table = tomllib.loads((files("agent.storage") / "former_types.toml").read_text(encoding="utf-8"))
    return {former: name.rsplit(".", 1) for former, name in table.items()}


@cache
def _former_modules() -> frozenset[bytes]:
    return frozenset(former.rpartition(".")[0].encode() for former in _former_types())
