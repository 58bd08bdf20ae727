"""A changed module in the running process: what it has other than the module that was imported takes its place.

Functions are given other code, wherever they are already held; values are replaced in every module that imported
them. So nothing is imported again, and a change is tried in hundredths of a second. What only the making of a class
reads (the default of a field) cannot be replaced: see `replaces`.
"""

import ast
import functools
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType


def replaces(before: str, after: str) -> bool:
    """Whether a change can be tried at all: it is in a function, or in the value of a module's own name."""
    try:
        return _class_level(before) == _class_level(after) and _signatures(before) == _signatures(after)
    except SyntaxError:
        # What binds a name within a condition cannot stand alone.
        return False


def put_in(module: ModuleType, source: str) -> None:
    """Raises whatever the changed module raises when it is imported."""
    new = ModuleType(module.__name__)
    new.__file__ = module.__file__
    new.__package__ = module.__package__
    known = sys.modules[module.__name__]
    sys.modules[module.__name__] = new
    try:
        exec(compile(source, module.__file__ or "", "exec"), new.__dict__)
    finally:
        sys.modules[module.__name__] = known
    changed = dict(_functions(new))
    for name, function in _functions(module):
        other = changed[name]
        if not _same(function.__code__, other.__code__):
            function.__code__ = other.__code__
        function.__defaults__, function.__kwdefaults__ = other.__defaults__, other.__kwdefaults__
    for name, value in vars(new).items():
        old = vars(module).get(name)
        if name.startswith("__") or isinstance(value, type | ModuleType) or _unwrapped(value) is not None:
            continue
        if old is not value and not _equal(old, value):
            _replace(name, old, value)


def _same(one: CodeType, other: CodeType) -> bool:
    return one == other


def _equal(one: object, other: object) -> bool:
    try:
        return bool(one == other)
    except (ValueError, TypeError):  # arrays, and conditions of a statement
        return False


def _replace(name: str, old: object, value: object) -> None:
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").split(".")[0] in ("agent", "tests", "evals"):
            names = vars(module)
            if name in names and names[name] is old:
                names[name] = value


def _functions(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    for name, value in list(vars(module).items()):
        if isinstance(value, type) and value.__module__ == module.__name__:
            for own, member in list(vars(value).items()):
                if (function := _unwrapped(member)) is not None and function.__module__ == module.__name__:
                    yield f"{name}.{own}", function
        elif (function := _unwrapped(value)) is not None and function.__module__ == module.__name__:
            yield name, function


def _unwrapped(value: object) -> FunctionType | None:
    if isinstance(value, property):
        value = value.fget
    elif isinstance(value, functools.cached_property):
        value = value.func
    elif isinstance(value, classmethod | staticmethod):
        value = value.__func__
    while (inner := getattr(value, "__wrapped__", None)) is not None:
        value = inner
    return value if isinstance(value, FunctionType) else None


def _class_level(source: str) -> list[str]:
    """What stands in the bodies of classes outside of their functions."""
    return [
        ast.dump(one)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        for one in node.body
        if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _signatures(source: str) -> list[str]:
    """The types that functions name, and their decorators: no behaviour hangs on them here."""
    told: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            told += [ast.dump(one) for one in node.decorator_list]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told += [ast.dump(one) for one in node.decorator_list]
            told += [ast.dump(node.returns)] if node.returns else []
            told += [str((len(node.args.posonlyargs), len(node.args.args), len(node.args.kwonlyargs)))]
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            told.append(ast.dump(node.annotation))
    return told
