"""What each of several processes would load before its first test, loaded in the one that they are forked from."""

import importlib
import sys
from pathlib import Path

from _pytest.assertion import install_importhook
from _pytest.config import get_config
from _pytest.outcomes import Skipped
from hypothesis.configuration import notice_initialization_restarted
from hypothesis.internal.charmap import intervals_from_codec
from hypothesis.internal.conjecture.providers import _get_local_constants

TESTS = Path(__file__).parents[1]


def load() -> None:
    """Imports all tests as pytest does, and reads what Hypothesis makes of Unicode and of the package."""
    _import_tests()
    # The intervals of figures come from it, in whichever process a test of them runs.
    importlib.import_module("scipy.stats")
    intervals_from_codec("utf-8")
    _get_local_constants()
    # Its plugin comes later, in each process, and would have nothing read before that.
    notice_initialization_restarted(warn=False)


def _import_tests() -> None:
    hook = install_importhook(get_config())
    importlib.import_module("tests.conftest")
    for file in sorted(TESTS.rglob("test_*.py")):
        try:
            importlib.import_module(".".join(file.relative_to(TESTS.parent).with_suffix("").parts))
        except (Skipped, Exception):  # noqa: BLE001  # what is wrong with it is told by whoever collects it
            continue
    sys.meta_path.remove(hook)
