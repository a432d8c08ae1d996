"""The container files: pinned, without root, without secrets, and naming only what exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILES = sorted((ROOT / "docker").glob("Dockerfile*"))
COMPOSE_FILES = sorted((ROOT / "docker").glob("compose*.yml"))
DATABASES = {"postgres", "redis", "vllm"}
JOBS = {"migrate"}
SECRET = re.compile(r"(?i)(password|secret|token|_key)\b")

Instruction = tuple[str, str]


def instructions(text: str) -> list[Instruction]:
    """(WORD, rest) of every instruction, continued lines joined."""
    joined = re.sub(
        r"\\\n", " ", "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    )
    found = []
    for line in joined.splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            found.append((word.upper(), " ".join(rest.split())))
    return found


def dockerfile_faults(text: str, root: Path) -> list[str]:
    """One sentence per broken rule."""
    faults = []
    stages: list[str] = []
    user = "root"
    found = instructions(text)
    for word, rest in found:
        if word == "FROM":
            image, *alias = re.split(r"(?i)\s+as\s+", rest)
            tag = image.partition(":")[2]
            if image not in stages and (not re.search(r"\d+\.\d+", tag) or "latest" in tag):
                faults.append(f"{image} is not pinned")
            stages += alias
            user = "root"
        elif word == "USER":
            user = rest
        elif word == "COPY" and not rest.startswith("--from="):
            *sources, _ = [part for part in rest.split() if not part.startswith("--")]
            faults += [f"{source} does not exist" for source in sources if not (root / source).exists()]
        elif word == "ADD":
            faults.append("ADD may fetch or unpack; COPY says what it does")
        elif word in ("ENV", "ARG"):
            faults += [f"{word} holds {name}" for name in _names(rest) if SECRET.search(name)]
        elif word == "RUN" and "sudo " in rest:
            faults.append("sudo in an image")
    if user in ("root", "0"):
        faults.append("runs as root")
    if not any(word == "HEALTHCHECK" for word, _ in found):
        faults.append("has no healthcheck")
    for word, rest in found:
        if word in ("ENTRYPOINT", "CMD") and not rest.startswith("["):
            faults.append(f"{word} goes through a shell, which swallows signals")
    return faults


def _names(rest: str) -> list[str]:
    return [part.partition("=")[0] for part in shlex.split(rest)]


def compose_faults(config: dict[str, Any], folder: Path) -> list[str]:
    """One sentence per broken rule."""
    faults = []
    services: dict[str, dict[str, Any]] = config["services"]
    for name, service in services.items():
        build = service.get("build")
        if build:
            context = (folder / build["context"]).resolve()
            if not (context / build["dockerfile"]).exists():
                faults.append(f"{name}: {build['dockerfile']} does not exist")
        elif not re.search(r":v?\d+\.\d+", service.get("image", "")):
            faults.append(f"{name}: its image is not pinned")
        for item in service.get("env_file", []):
            if item.get("required", True) and not (folder / item["path"]).exists():
                faults.append(f"{name}: {item['path']} does not exist")
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            if source.startswith((".", "/")):
                if not (folder / source).exists():
                    faults.append(f"{name}: {source} does not exist")
            elif source not in config.get("volumes", {}):
                faults.append(f"{name}: the volume {source} is not declared")
        if name not in JOBS and "healthcheck" not in service:
            faults.append(f"{name}: says nothing about its health")
        if name in DATABASES and service.get("ports"):
            faults.append(f"{name}: a database is published")
        for port in service.get("ports", []):
            if not str(port).startswith("127.0.0.1:"):
                faults.append(f"{name}: {port} is published to everybody")
        for key, value in (service.get("environment") or {}).items():
            if SECRET.search(key) and not str(value).startswith("${"):
                faults.append(f"{name}: {key} is written into the file")
        if service.get("privileged"):
            faults.append(f"{name}: is privileged")
        for other in service.get("depends_on", {}):
            if other not in services:
                faults.append(f"{name}: depends on {other}, which is not there")
    return faults


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_dockerfiles_keep_the_rules(path: Path) -> None:
    assert dockerfile_faults(path.read_text(), ROOT) == []


@pytest.mark.parametrize("path", COMPOSE_FILES, ids=lambda path: path.name)
def test_compose_files_keep_the_rules(path: Path) -> None:
    assert compose_faults(yaml.safe_load(path.read_text()), path.parent) == []


def test_all_four_files_are_there() -> None:
    assert [path.name for path in DOCKERFILES] == ["Dockerfile", "Dockerfile.gpu"]
    assert [path.name for path in COMPOSE_FILES] == ["compose.scale.yml", "compose.yml"]


def test_what_dockerfiles_copy_reaches_the_builder() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for path in DOCKERFILES:
        for word, rest in instructions(path.read_text()):
            if word == "COPY" and not rest.startswith("--from="):
                assert set(rest.split()[:-1]) <= allowed


def test_the_settings_in_container_files_exist() -> None:
    from assistant.settings import PREFIX, Settings

    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for path in (*DOCKERFILES, *COMPOSE_FILES):
        used = set(re.findall(r"\b(ASSISTANT_[A-Z_]*[A-Z])\b(?=[=:])", path.read_text()))
        assert used <= known, path.name


def test_the_scaled_file_runs_every_part() -> None:
    services = yaml.safe_load((ROOT / "docker/compose.scale.yml").read_text())["services"]
    assert set(services) == {"migrate", "web", "worker", "vllm", "postgres", "redis"}
    assert services["web"]["deploy"]["replicas"] == 2
    for name in ("web", "worker"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_scaled_database_has_room_for_every_process_and_none_for_strangers() -> None:
    config = yaml.safe_load((ROOT / "docker/compose.scale.yml").read_text())
    services = config["services"]
    pool = re.search(r"_CONNECTIONS = (\d+)", (ROOT / "assistant/store/database.py").read_text())
    most = re.search(r"max_connections=(\d+)", " ".join(services["postgres"]["command"]))
    assert pool and most
    assert int(most[1]) >= 18 * int(pool[1]) + 3
    assert config["networks"]["inner"] == {"internal": True}
    for name in ("postgres", "redis"):
        assert services[name]["networks"] == ["inner"]
    for name in ("web", "worker"):
        assert set(services[name]["networks"]) == {"default", "inner"}


def test_no_log_of_the_scaled_file_fills_the_disk() -> None:
    services = yaml.safe_load((ROOT / "docker/compose.scale.yml").read_text())["services"]
    assert all("max-size" in service["logging"]["options"] for service in services.values())


def test_every_process_of_ours_in_the_scaled_file_is_asked_how_it_is_where_it_listens() -> None:
    services = yaml.safe_load((ROOT / "docker/compose.scale.yml").read_text())["services"]
    for name, port in (
        ("web", "8080"),
        ("worker", services["worker"]["environment"]["ASSISTANT_WORKER_PORT"]),
    ):
        assert f"127.0.0.1:{port}/healthz" in " ".join(services[name]["healthcheck"]["test"])
    assert "ports" not in services["worker"]
    assert services["worker"]["environment"]["ASSISTANT_REDIS_URL"]


@pytest.mark.parametrize(
    "text, fault",
    [
        ("FROM python:latest\nUSER 1", "python:latest is not pinned"),
        ("FROM python\nUSER 1", "python is not pinned"),
        ("FROM python:3.11.14-slim", "runs as root"),
        ("FROM python:3.11.14-slim AS a\nUSER 1\nFROM a", "runs as root"),
        ("FROM python:3.11.14-slim\nENV A=1 \\\n    APP_SECRET=x", "ENV holds APP_SECRET"),
        ("FROM python:3.11.14-slim\nCOPY nowhere ./", "nowhere does not exist"),
        ("FROM python:3.11.14-slim\nCMD assistant up", "CMD goes through a shell, which swallows signals"),
        ("FROM python:3.11.14-slim\nUSER 1", "has no healthcheck"),
    ],
)
def test_a_dockerfile_that_breaks_a_rule_is_noticed(text: str, fault: str, tmp_path: Path) -> None:
    assert fault in dockerfile_faults(text, tmp_path)


@pytest.mark.parametrize(
    "service, fault",
    [
        ({"image": "redis:7.4", "ports": ["127.0.0.1:6379:6379"]}, "redis: a database is published"),
        ({"image": "redis:7.4", "ports": ["6379:6379"]}, "redis: 6379:6379 is published to everybody"),
        ({"image": "redis"}, "redis: its image is not pinned"),
        ({"image": "redis:7.4"}, "redis: says nothing about its health"),
        (
            {"image": "redis:7.4", "environment": {"REDIS_PASSWORD": "x"}},
            "redis: REDIS_PASSWORD is written into the file",
        ),
        ({"image": "redis:7.4", "volumes": ["./gone:/data"]}, "redis: ./gone does not exist"),
        ({"image": "redis:7.4", "volumes": ["data:/data"]}, "redis: the volume data is not declared"),
        ({"build": {"context": ".", "dockerfile": "Dockerfile"}}, "redis: Dockerfile does not exist"),
        ({"image": "redis:7.4", "depends_on": {"gone": {}}}, "redis: depends on gone, which is not there"),
    ],
)
def test_a_compose_file_that_breaks_a_rule_is_noticed(
    service: dict[str, Any], fault: str, tmp_path: Path
) -> None:
    assert fault in compose_faults({"services": {"redis": service}}, tmp_path)
