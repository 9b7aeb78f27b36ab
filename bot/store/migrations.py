"""The form of the database, step by step. The tables are written in SQLite's words.

What is said here is understood by every dialect once the types are put into its words: no
AUTOINCREMENT, no partial keys, no functions, no semicolons within a statement.
"""

from collections.abc import Iterator
from typing import Final

from rag.errors import IsnadError

MIGRATIONS: Final = (
    """
    CREATE TABLE threads (
        chat INTEGER NOT NULL, topic INTEGER NOT NULL, beginning INTEGER NOT NULL,
        PRIMARY KEY (chat, topic)
    ) WITHOUT ROWID;
    CREATE TABLE turns (
        id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, topic INTEGER NOT NULL,
        asker INTEGER NOT NULL, at REAL NOT NULL,
        question TEXT NOT NULL, answer TEXT NOT NULL, files TEXT NOT NULL
    );
    CREATE INDEX turns_of_thread ON turns (chat, topic, id);
    CREATE INDEX turns_by_age ON turns (at);
    CREATE TABLE questions (asker INTEGER NOT NULL, at REAL NOT NULL);
    CREATE INDEX questions_of_asker ON questions (asker, at);
    CREATE TABLE tokens (day INTEGER PRIMARY KEY, spent INTEGER NOT NULL);
    """,
    """
    CREATE TABLE inbox (
        update_id INTEGER NOT NULL PRIMARY KEY, chat INTEGER NOT NULL, topic INTEGER NOT NULL,
        payload TEXT NOT NULL, received REAL NOT NULL, state TEXT NOT NULL,
        attempts INTEGER NOT NULL, holder TEXT, until REAL, message INTEGER
    );
    CREATE INDEX inbox_by_state ON inbox (state, update_id);
    CREATE INDEX inbox_of_thread ON inbox (chat, topic, update_id);
    ALTER TABLE turns ADD COLUMN message INTEGER;
    ALTER TABLE turns ADD COLUMN answer_id TEXT;
    CREATE TABLE answers (
        id TEXT NOT NULL PRIMARY KEY, chat INTEGER NOT NULL, topic INTEGER NOT NULL,
        asker INTEGER NOT NULL, at REAL NOT NULL, earlier TEXT NOT NULL, answer TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX answers_of_place ON answers (chat, topic, at);
    CREATE INDEX answers_of_asker ON answers (asker);
    CREATE INDEX answers_by_age ON answers (at);
    CREATE TABLE feedback (
        answer TEXT NOT NULL, citation INTEGER NOT NULL, asker INTEGER NOT NULL,
        verdict TEXT NOT NULL, at REAL NOT NULL,
        PRIMARY KEY (answer, citation, asker)
    ) WITHOUT ROWID;
    CREATE INDEX feedback_of_asker ON feedback (asker);
    CREATE TABLE readers (asker INTEGER NOT NULL PRIMARY KEY, language TEXT NOT NULL);
    CREATE TABLE members (
        member INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL,
        admin INTEGER NOT NULL, at REAL NOT NULL
    );
    CREATE TABLE invitations (
        hash TEXT NOT NULL PRIMARY KEY, admin INTEGER NOT NULL, expires REAL NOT NULL,
        used_by INTEGER, used_at REAL
    );
    CREATE TABLE journal (
        id INTEGER PRIMARY KEY, at REAL NOT NULL, admin INTEGER NOT NULL,
        action TEXT NOT NULL, details TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE figures (
        day INTEGER NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (day, name)
    ) WITHOUT ROWID;
    """,
    """
    ALTER TABLE inbox ADD COLUMN reply TEXT;
    ALTER TABLE inbox ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;
    """,
    """
    CREATE TABLE asker_tokens (
        day INTEGER NOT NULL, asker INTEGER NOT NULL, spent INTEGER NOT NULL,
        PRIMARY KEY (day, asker)
    ) WITHOUT ROWID;
    CREATE INDEX questions_by_age ON questions (at);
    """,
    """
    CREATE TABLE shares (
        holder TEXT NOT NULL PRIMARY KEY, amount INTEGER NOT NULL, wanted INTEGER NOT NULL,
        until REAL NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE group_messages (
        id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, at REAL NOT NULL, is_edit INTEGER NOT NULL
    );
    CREATE INDEX group_messages_of_chat ON group_messages (chat, at);
    """,
    """
    CREATE TABLE admin_menus (chat INTEGER NOT NULL PRIMARY KEY);
    ALTER TABLE invitations ADD COLUMN language TEXT;
    """,
    """
    ALTER TABLE questions ADD COLUMN update_id INTEGER;
    """,
    """
    CREATE TABLE forgettings (asker INTEGER NOT NULL, at REAL NOT NULL);
    CREATE INDEX forgettings_by_age ON forgettings (at);
    """,
)
"""Each brings the database from its number to the next; a released one is never changed."""


def statements_of(migration: str) -> Iterator[str]:
    """The statements of a migration."""
    return filter(str.strip, migration.split(";"))


def check_form(form: int) -> None:
    """IsnadError where a database has a form that only a newer Isnad knows."""
    if form > len(MIGRATIONS):
        raise IsnadError(
            f"The conversations were kept by a newer Isnad (form {form}, not {len(MIGRATIONS)}).",
            "Update Isnad, or name another DATABASE_URL or DATA_DIR.",
        )
