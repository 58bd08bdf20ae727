"""The files that the service is run by: their commands, settings, ports and paths are real and agree."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml  # type: ignore[import-untyped]  # ships no types

from agent.config import Settings
from agent.doors.cli.main import isnad
from evals.cli import eval_

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE = DEPLOY / "compose.yaml"
KUBERNETES = DEPLOY / "kubernetes" / "isnad.yaml"
DOCKERFILE = DEPLOY / "Dockerfile"
UNIT = DEPLOY / "systemd" / "isnad.service"
ENVIRONMENT = DEPLOY / "isnad.env.example"
GUIDE = DEPLOY.parent / "docs" / "service.md"
FILES = (COMPOSE, KUBERNETES, DOCKERFILE, UNIT, ENVIRONMENT)
_LISTED = re.compile(r'\["isnad", (.+?)\]')
_WRITTEN = re.compile(r"(?:exec (?:worker|deploy/isnad-worker --) |bin/|^    )isnad ([^;\n]+)", re.MULTILINE)


def commands(path: Path) -> list[list[str]]:
    text = path.read_text("utf-8")
    listed = [re.findall(r'"([^"]+)"', found) for found in _LISTED.findall(text)]
    return listed + [shlex.split(found) for found in _WRITTEN.findall(text)]


def composed() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(COMPOSE.read_text("utf-8"))
    return told


def objects(kind: str) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(KUBERNETES.read_text("utf-8")) if one["kind"] == kind]


@pytest.mark.parametrize("path", [COMPOSE, KUBERNETES, DOCKERFILE, UNIT, GUIDE], ids=lambda path: path.name)
def test_every_command_is_one_that_isnad_understands(path: Path) -> None:
    told = commands(path)
    assert told
    for arguments in told:
        parse(isnad, arguments, None)


def parse(command: click.Command, arguments: list[str], parent: click.Context | None) -> None:
    """Raises `UsageError` for what the command does not take."""
    if not isinstance(command, click.Group):
        command.make_context(command.name, list(arguments), parent=parent)
        return
    context = click.Context(command, parent=parent)
    name, found, rest = command.resolve_command(context, list(arguments))
    assert found is not None, name
    parse(found, rest, context)


@pytest.mark.parametrize("path", [*FILES, GUIDE], ids=lambda path: path.name)
def test_every_setting_is_one_that_is_read(path: Path) -> None:
    told = set(re.findall(r"ISNAD_[A-Z_]+", path.read_text("utf-8")))
    of_evaluations = {one.envvar for command in eval_.commands.values() for one in command.params if one.envvar}
    assert told <= {f"ISNAD_{name.upper()}" for name in Settings.model_fields} | of_evaluations


def test_ports_probes_and_services_agree() -> None:
    (api,) = [one for one in objects("Deployment") if one["metadata"]["name"] == "isnad-api"]
    (container,) = api["spec"]["template"]["spec"]["containers"]
    port = container["ports"][0]
    listened = container["command"][container["command"].index("--port") + 1]
    assert str(port["containerPort"]) == listened
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container[probe]["httpGet"]["port"] == port["name"]
        assert container[probe]["httpGet"]["path"] in ("/healthz", "/readyz")
    (service,) = objects("Service")
    assert service["spec"]["ports"][0]["targetPort"] == port["name"]
    assert service["spec"]["selector"].items() <= api["spec"]["template"]["metadata"]["labels"].items()
    (published,) = composed()["services"]["api"]["ports"]
    assert published == f"127.0.0.1:{listened}:{listened}"
    assert f"EXPOSE {listened}" in DOCKERFILE.read_text("utf-8")
    assert f"127.0.0.1:{listened}/readyz" in DOCKERFILE.read_text("utf-8")


def test_whatever_runs_is_nobody_special_and_writes_only_where_it_may() -> None:
    for deployment in objects("Deployment"):
        pod = deployment["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        assert pod["securityContext"]["runAsNonRoot"]
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert {one["name"] for one in container["volumeMounts"]} == {one["name"] for one in pod["volumes"]}
    for name in ("api", "worker"):
        service = composed()["services"][name]
        assert service["read_only"]
        assert service["user"] == "10001:10001"
        assert service["cap_drop"] == ["ALL"]
    assert "USER 10001:10001" in DOCKERFILE.read_text("utf-8")
    assert "ProtectSystem=strict" in UNIT.read_text("utf-8")


def test_a_stop_leaves_more_time_than_draining_takes() -> None:
    grace = Settings(data_dir=Path()).shutdown_grace
    assert int(re.findall(r"TimeoutStopSec=(\d+)", UNIT.read_text("utf-8"))[0]) > grace
    for deployment in objects("Deployment"):
        assert deployment["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] > grace
    for name in ("api", "worker"):
        assert int(composed()["services"][name]["stop_grace_period"].removesuffix("s")) > grace


def test_no_file_holds_a_secret_and_every_reference_is_to_something_there() -> None:
    told = composed()
    for service in told["services"].values():
        assert set(service.get("networks", ())) <= told["networks"].keys()
        assert {one.partition(":")[0] for one in service.get("volumes", ())} <= told["volumes"].keys()
        assert set(service.get("secrets", ())) <= told["secrets"].keys()
        assert set(service.get("depends_on", ())) <= told["services"].keys()
    address = re.findall(r"@(\w+):(\d+)/", ENVIRONMENT.read_text("utf-8"))
    assert address == [("postgres", "5432")]
    for path in FILES:
        assert not re.search(r"(PASSWORD|API_KEY|SECRET)[\"']?[=:]\s*[\"']?[A-Za-z0-9]{8,}", path.read_text("utf-8"))


def test_pods_of_a_budget_or_policy_are_those_of_a_deployment() -> None:
    labels = [one["spec"]["template"]["metadata"]["labels"] for one in objects("Deployment")]
    for kind, field in (("PodDisruptionBudget", "selector"), ("NetworkPolicy", "podSelector")):
        for one in objects(kind):
            wanted = one["spec"][field]["matchLabels"].items()
            assert any(wanted <= own.items() for own in labels)


def test_the_image_installs_locked_packages_and_copies_what_there_is() -> None:
    text = DOCKERFILE.read_text("utf-8")
    assert "--require-hashes -r requirements/build.txt -r requirements/service.txt" in text
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in line.split()]
    assert copied
    assert [name for name in copied if not (DEPLOY.parent / name).exists()] == []
    ignored = (DEPLOY.parent / ".dockerignore").read_text("utf-8")
    assert [name for name in copied if f"!{name.partition('/')[0]}" not in ignored] == []
