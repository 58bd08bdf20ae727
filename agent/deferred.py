"""Packages whose own beginning loads far more than what is used of them: it is run when it is first needed."""

import sys
from importlib.util import find_spec
from threading import RLock
from types import ModuleType

_running = RLock()


def defer(name: str) -> None:
    """Lets the modules of a package be imported without its `__init__`, which is run as soon as anything is asked for
    that it makes. Nothing happens where the package is loaded already, or not installed."""
    try:
        spec = find_spec(name) if name not in sys.modules else None
    except ModuleNotFoundError:
        # The package that contains it is not installed.
        return
    if spec is None or spec.loader is None or spec.submodule_search_locations is None:
        return
    package = _Deferred(name)
    package.__spec__, package.__loader__, package.__file__ = spec, spec.loader, spec.origin
    package.__package__, package.__path__ = name, list(spec.submodule_search_locations)
    sys.modules[name] = package


class _Deferred(ModuleType):
    def __getattr__(self, name: str) -> object:
        with _running:
            # Another thread was first; or what is asked for is asked for by the beginning itself.
            if type(self) is _Deferred and self.__spec__ is not None and self.__spec__.loader is not None:
                self.__class__ = _Running
                try:
                    self.__spec__.loader.exec_module(self)
                except BaseException:
                    self.__class__ = _Deferred
                    raise
                self.__class__ = ModuleType  # type: ignore[assignment]  # from now on it is a module like any other
            try:
                return self.__dict__[name]
            except KeyError:
                raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None


class _Running(_Deferred):
    """Its beginning is being run: whoever else asks waits for its end."""
