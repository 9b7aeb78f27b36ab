"""What Isnad stands on: licences, a bill of materials, known weaknesses.

    uv run python deploy/dependencies.py licences           # a table of what runs with Isnad
    uv run python deploy/dependencies.py licences --write   # the same into docs/licences.md
    uv run --group audit python deploy/dependencies.py bom isnad.cdx.json
    uv run --group audit python deploy/dependencies.py audit

`bom` writes CycloneDX of this environment. `audit` asks the Python advisory database of each
package of it; where that cannot be reached it says so and ends well. Exit status: 1 where a
licence is unknown or not permitted, or a weakness is known.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT: Final = Path(__file__).parents[1]
PAGE: Final = PROJECT / "docs" / "licences.md"
PERMITTED: Final = (
    ("Apache-2.0", r"apache"),
    ("MIT", r"\bmit\b"),
    ("BSD", r"\bbsd\b|3-clause|2-clause"),
    ("LGPL", r"lgpl|lesser general public"),
    ("MPL-2.0", r"\bmpl\b|mozilla public"),
    ("ISC", r"\bisc\b"),
    ("PSF-2.0", r"\bpsf\b|python software foundation"),
    ("Unlicense", r"unlicense|public domain|\b0bsd\b"),
    ("HPND", r"\bhpnd\b|historical permission"),
)
"""Each with the pattern by which it is known in a package's own words."""
FORBIDDEN: Final = re.compile(
    r"\bagpl|affero|\bsspl|(?<!l)gpl|(?<!lesser )general public|proprietary|commons clause",
    re.IGNORECASE,
)
_LONGEST: Final = 120
"""Characters of a licence's name; what is longer is its text."""


@dataclass(frozen=True, slots=True)
class Dependency:
    """A package that runs with Isnad."""

    name: str
    version: str
    licence: str
    """One or more of the permitted ones; empty where it is unknown or forbidden."""
    said: str
    """In the package's own words."""


def dependencies() -> list[Dependency]:
    """Everything that is installed because Isnad is, without what serves tests, by name."""
    found: dict[str, Distribution] = {}
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    _follow(project["dependencies"], frozenset(), found)
    return [_described(name, one) for name, one in sorted(found.items())]


def _follow(
    requirements: Iterable[str], extras: frozenset[str], found: dict[str, Distribution]
) -> None:
    """Adds what is wanted, for these extras of it, and what that wants in its turn."""
    for written in requirements:
        wanted = Requirement(written)
        marker = wanted.marker
        needed = marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))
        name = canonicalize_name(wanted.name)
        if not needed or (name in found and not wanted.extras):
            continue
        with suppress(PackageNotFoundError):  # it is one of another platform
            found[name] = distribution(name)
            _follow(found[name].requires or (), frozenset(wanted.extras), found)


def _described(name: str, one: Distribution) -> Dependency:
    said = "; ".join(_said(one))
    known = [licence for licence, pattern in PERMITTED if re.search(pattern, said, re.IGNORECASE)]
    licence = "" if FORBIDDEN.search(said) else " / ".join(known)
    return Dependency(name, one.version, licence, said)


def _said(one: Distribution) -> Iterator[str]:
    """What a package says of its licence: an expression, else classifiers, else a name."""
    metadata = one.metadata
    if "License-Expression" in metadata:
        yield metadata["License-Expression"]
        return
    classifiers = [
        line.rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    if classifiers:
        yield from classifiers
        return
    if "License" in metadata:
        first, *_ = metadata["License"].strip().splitlines() or [""]
        if 0 < len(first) <= _LONGEST:
            yield first


def table(found: list[Dependency]) -> str:
    """The page of licences. No versions: they are in the bill of materials."""
    lines = [
        "# Licences",
        "",
        "What runs with Isnad (MIT), and the licences that it comes under. This page is written by",
        "`python deploy/dependencies.py licences --write`; a test looks whether it is true.",
        "",
        "| package | licence |",
        "| --- | --- |",
        *(f"| {one.name} | {one.licence or f'**not permitted**: {one.said}'} |" for one in found),
    ]
    return "\n".join(lines) + "\n"


def audit() -> int:
    """Asks the advisory database; the exit status."""
    if find_spec("pip_audit") is None:
        print("skipped: pip-audit is not installed (uv sync --group audit).")
        return 0
    command = [sys.executable, "-m", "pip_audit", "--skip-editable", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = done.stderr.strip().splitlines()
    if re.search(r"connection|unreachable|timed? ?out|proxy|resolve", done.stderr, re.IGNORECASE):
        print(f"skipped: the advisory database cannot be reached ({told[-1][:200]}).")
        return 0
    print(done.stdout or done.stderr, end="")
    return done.returncode


def bill_of_materials(target: Path) -> int:
    """Writes CycloneDX of this environment; the exit status."""
    if find_spec("cyclonedx_py") is None:
        print("cyclonedx-bom is not installed (uv sync --group audit).", file=sys.stderr)
        return 1
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"]
    options = [
        "--pyproject",
        str(PROJECT / "pyproject.toml"),
        "--output-file",
        str(target),
        sys.executable,
    ]
    return subprocess.run([*command, *options], check=False).returncode


def main() -> int:
    """Runs the command; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("licences").add_argument("--write", action="store_true")
    commands.add_parser("bom").add_argument("file", type=Path)
    commands.add_parser("audit")
    given = parser.parse_args()
    if given.command == "audit":
        return audit()
    if given.command == "bom":
        return bill_of_materials(given.file)
    found = dependencies()
    if given.write:
        PAGE.write_text(table(found), encoding="utf-8")
    else:
        print(table(found), end="")
    return 0 if all(one.licence for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
