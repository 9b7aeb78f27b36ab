"""`bot` with PostgreSQL, from outside."""

import os
import subprocess
import sysconfig
from pathlib import Path

import psycopg

from tests.servers.postgresql import PASSWORD, PostgreSQL
from tests.waiting import PATIENCE

BOT = Path(sysconfig.get_path("scripts")) / "bot"
WHO = "من هي كارولين روز؟"


def run(place: Path, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BOT],
        input=WHO,
        capture_output=True,
        text=True,
        cwd=place,
        env={"PATH": os.environ["PATH"], "LANG": "ar_EG.UTF-8", "DATABASE_URL": url},
        timeout=PATIENCE,
        check=False,
    )


def test_conversations_are_kept_in_postgresql(place: Path, postgresql: PostgreSQL) -> None:
    url = postgresql.new_database()
    done = run(place, url)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT question FROM turns").fetchall() == [(WHO,)]
    assert not (place / ".isnad" / "conversations.sqlite3").exists()
    assert PASSWORD not in done.stderr


def test_a_server_that_is_not_there_is_one_line(place: Path) -> None:
    done = run(place, f"postgresql://isnad:{PASSWORD}@127.0.0.1:1/isnad")
    assert done.returncode == 1
    line = done.stderr.splitlines()[-1]
    assert "PostgreSQL at 127.0.0.1:1/isnad cannot be used" in line
    assert PASSWORD not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
