"""The machine: disk, rights, limits of the process, clock."""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from rag.doctor.examination import Examination, Finding
from rag.documents.reading import scan
from rag.errors import UsageError

_LEAST_SPACE: Final = 200 * 2**20
_SPACE_FOR_DOCUMENTS: Final = 3
"""Times their size that the index of documents may take while it is made anew."""
_FEWEST_INODES: Final = 1_000
_FEWEST_FILES: Final = 512
"""Open at once: connections to Telegram, of 128 answers to a model, and the index."""
_MOST_SKEW: Final = 60.0
"""Seconds, beyond which quotas, leases and certificates go wrong."""


def storage(examination: Examination) -> Finding:
    """Whether there is room, and files can be written for good and replaced."""
    data = examination.settings.data_dir
    try:
        _write_and_replace(data)
    except OSError as error:
        return Finding(
            "storage",
            False,
            f"{data} cannot be written ({error.strerror}).",
            "Give the user who runs this the right to, or set DATA_DIR to another folder.",
        )
    free = shutil.disk_usage(data).free
    needed = _LEAST_SPACE + _SPACE_FOR_DOCUMENTS * _size(examination.settings.documents_dir)
    says = f"{data} can be written; {free // 2**20} MB free."
    if free < needed:
        return Finding("storage", False, says, f"Make room: {needed // 2**20} MB may be needed.")
    if hasattr(os, "statvfs") and 0 < (left := _inodes(data)) < _FEWEST_INODES:
        return Finding("storage", False, f"{says} {left} files.", "The disk has no inodes left.")
    return Finding("storage", True, says)


def _write_and_replace(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    trial = folder / f".trial-{os.getpid()}"
    try:
        with trial.open("wb") as file:
            file.write(b"trial")
            os.fsync(file.fileno())
        trial.replace(trial.with_suffix(".moved"))
    finally:
        for path in (trial, trial.with_suffix(".moved")):
            path.unlink(missing_ok=True)


def _size(folder: Path) -> int:
    try:
        return sum(one.size for one in scan(folder)[0])
    except UsageError:
        return 0


def _inodes(folder: Path) -> int:
    found = os.statvfs(folder)
    return found.f_favail if found.f_files else 0


def rights(examination: Examination) -> Finding:
    """Whether others on this machine can read secrets, or write where Isnad trusts what it reads.

    Windows knows no such rights.
    """
    settings = examination.settings
    if sys.platform == "win32":
        return Finding("rights", None, "They are not looked at here.")
    secrets = Path(".env")
    if secrets.is_file() and _others(secrets) and _has_secrets(secrets):
        return Finding(
            "rights", False, "Everybody on this machine can read .env.", "chmod 600 .env"
        )
    open_to_all = [
        path
        for path in (settings.data_dir, settings.documents_dir)
        if path.is_dir() and path.stat().st_mode & 0o002
    ]
    if open_to_all:
        names = " and ".join(map(str, open_to_all))
        return Finding(
            "rights", False, f"Everybody on this machine can write to {names}.", "chmod o-w them."
        )
    if settings.data_dir.is_dir() and _others(settings.data_dir):
        return Finding(
            "rights",
            None,
            f"Others on this machine can read {settings.data_dir}: documents and questions.",
            f"chmod 700 {settings.data_dir} keeps them to you.",
        )
    can_add = os.access(settings.documents_dir, os.W_OK)
    note = "" if can_add else " Documents cannot be added by message: the folder is read-only."
    return Finding("rights", True, f"Only you can read what is kept.{note}")


def _others(path: Path) -> bool:
    """Whether people of other groups may read, or enter, it."""
    return bool(path.stat().st_mode & 0o005)


def _has_secrets(path: Path) -> bool:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    names = ("TELEGRAM_BOT_TOKEN", "OPENAI_API_KEY", "DATABASE_URL", "CHROMA_API_KEY")
    settings = (line.partition("=") for line in lines)
    return any(name.strip() in names and value.strip() for name, _, value in settings)


def limits(_: Examination) -> Finding:
    """Whether enough files may be open at once."""
    try:
        import resource
    except ImportError:
        return Finding("limits", None, "They are not looked at here.")
    most, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY or most >= _FEWEST_FILES:
        shown = "Any number of" if most == resource.RLIM_INFINITY else most
        return Finding("limits", True, f"{shown} files may be open at once.")
    return Finding(
        "limits",
        False,
        f"Only {most} files may be open at once.",
        "`ulimit -n 4096` before the start; LimitNOFILE=4096 under systemd.",
    )


def clock(examination: Examination) -> Finding:
    """Whether the clock agrees with those of the servers that were asked."""
    skews = examination.skews
    if not skews:
        return Finding("clock", None, "No server was asked whose clock it could be compared with.")
    server, skew = min(skews.items(), key=lambda one: abs(one[1]))
    if abs(skew) > _MOST_SKEW:
        side = "behind" if skew > 0 else "ahead of"
        return Finding(
            "clock",
            False,
            f"It is {abs(skew):.0f} s {side} that of {server}.",
            "Set it: `timedatectl set-ntp true`, or the host's clock where this is a container.",
        )
    return Finding("clock", True, f"It agrees with that of {server}.")
