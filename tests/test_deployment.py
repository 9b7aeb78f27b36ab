"""The files by which Isnad is installed for good: they name what there is, and what they run works.

No container engine is needed: the files are parsed, and what they run is run here.
"""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from rag.settings import Settings
from tests.servers.ports import free_port
from tests.waiting import wait_until

PROJECT = Path(__file__).parents[1]
SETTINGS = {name.upper() for name in Settings.model_fields}
OTHERS = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "OPENBLAS_NUM_THREADS"}
SCRIPTS = set(tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["scripts"])


def succeeds(arguments: list[str]) -> bool:
    """Whether Python, with these arguments, ends well."""
    done = subprocess.run([sys.executable, *arguments], check=False, stderr=subprocess.DEVNULL)
    return done.returncode == 0


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, each with its argument."""
    text = re.sub(r"(?m)^#.*\n", "", (PROJECT / "Dockerfile").read_text())
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def docker_environment() -> dict[str, str]:
    """What ENV sets."""
    pairs = [pair for name, rest in instructions() if name == "ENV" for pair in shlex.split(rest)]
    return dict(pair.split("=", 1) for pair in pairs)


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text())
    return found


def unit() -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(PROJECT / "deploy" / "isnad.service")
    return parser


# Dockerfile


def test_what_is_copied_into_the_image_is_there_and_not_ignored() -> None:
    ignored = (PROJECT / ".dockerignore").read_text().split()
    copied = [
        source
        for name, rest in instructions()
        if name == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    ]
    assert {"rag", "bot", "seeds", "pyproject.toml"} <= set(copied)
    for source in copied:
        assert (PROJECT / source).exists()
        assert source not in ignored
    assert {".env", ".git", ".isnad"} <= set(ignored)


def test_the_image_runs_a_command_of_ours_without_being_root() -> None:
    found = dict(instructions())
    assert found["USER"] not in ("root", "0")
    assert found["ENTRYPOINT"].strip('[]"') in SCRIPTS
    assert found["VOLUME"] == docker_environment()["DATA_DIR"]
    assert docker_environment()["HTTP_PORT"] in found["EXPOSE"].split()
    assert set(docker_environment()) <= SETTINGS | OTHERS


def test_the_health_check_hears_a_bot_that_runs_as_in_the_image(tmp_path: Path) -> None:
    port = free_port()
    paths = {"/documents": str(PROJECT / "seeds"), "/data": str(tmp_path / "data")}
    environment = {
        name: str(port) if name == "HTTP_PORT" else paths.get(value, value)
        for name, value in docker_environment().items()
        if name != "PATH"
    }
    bot = subprocess.Popen(
        [sys.executable, "-c", "import sys; from bot.main import main; sys.exit(main())"],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    check = next(rest for name, rest in instructions() if name == "HEALTHCHECK")
    _, _, command = check.partition("CMD ")
    program, *arguments = yaml.safe_load(command.replace("8080", str(port)))
    assert program == "python"
    try:
        wait_until(lambda: bot.poll() is not None or succeeds(arguments))
        assert bot.poll() is None
    finally:
        bot.kill()
        bot.communicate()
    assert not succeeds(arguments)


def test_nothing_is_written_but_in_the_volume(tmp_path: Path) -> None:
    root, data, documents = tmp_path / "root", tmp_path / "data", tmp_path / "documents"
    for folder in (root, data):
        folder.mkdir()
    shutil.copytree(PROJECT / "seeds", documents)
    before = sorted(documents.rglob("*"))
    environment = {name: one for name, one in docker_environment().items() if name != "PATH"}
    environment |= {"DOCUMENTS_DIR": str(documents), "DATA_DIR": str(data), "HOME": str(data)}
    code = "import sys; from rag.cli import main; sys.exit(main(['index']))"
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        cwd=root,
        env={**environment, "PYTHONPATH": str(PROJECT)},
    )
    assert list(root.iterdir()) == []
    assert sorted(documents.rglob("*")) == before
    assert (data / "chroma").is_dir()


# compose.yaml


def test_every_service_of_ours_is_confined() -> None:
    ours = {name: one for name, one in compose()["services"].items() if "build" in one}
    assert len(ours) == 5
    for service in ours.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert any(volume.endswith(":/data") for volume in service["volumes"])
        environment = set(service["environment"])
        assert environment <= SETTINGS


@pytest.mark.parametrize(
    ("profile", "services"),
    [
        ("alone", {"bot"}),
        ("model", {"bot-with-model", "model"}),
        ("scaled", {"bot-1", "bot-2", "indexer", "proxy", "postgres", "chroma"}),
    ],
)
def test_the_three_ways_to_run_it(profile: str, services: set[str]) -> None:
    found = compose()["services"]
    assert {name for name, one in found.items() if profile in one["profiles"]} == services
    for name in services:
        assert set(found[name].get("depends_on", ())) <= services


def test_volumes_are_declared_and_images_named_with_their_version() -> None:
    found = compose()
    for service in found["services"].values():
        if "build" not in service:
            assert ":" in service["image"]
            assert not service["image"].endswith(":latest")
        for volume in service.get("volumes", ()):
            name = volume.split(":")[0]
            assert name.startswith("${") or name in found["volumes"]


def test_the_chroma_server_is_of_the_version_that_was_tested() -> None:
    tested = (PROJECT / "pyproject.toml").read_text()
    _, _, version = compose()["services"]["chroma"]["image"].partition(":")
    assert f'"chromadb=={version}"' in tested


# systemd


def test_the_unit_runs_a_command_of_ours_and_writes_where_it_may() -> None:
    service = unit()["Service"]
    assert Path(service["ExecStart"]).name in SCRIPTS
    assert service["User"] != "root"
    environment = dict(pair.split("=", 1) for pair in service["Environment"].split())
    assert set(environment) <= SETTINGS | OTHERS
    assert environment["DATA_DIR"].startswith(service["ReadWritePaths"])


def test_systemd_itself_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    analyse = shutil.which("systemd-analyze")
    if analyse is None:
        pytest.skip("systemd-analyze is not installed")
    text = (PROJECT / "deploy" / "isnad.service").read_text()
    copy = tmp_path / "isnad.service"
    copy.write_text(text.replace("/var/lib/isnad/venv/bin/bot", sys.executable))
    done = subprocess.run([analyse, "verify", copy], capture_output=True, text=True, check=False)
    assert "isnad.service:" not in done.stderr, done.stderr
