"""What a revision holds, read from the ledger: files, passages, segments."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from rag.documents.evidence import Evidence, Sentence, Source, Twin
from rag.documents.phrasing import tell_the_same
from rag.documents.reading import Seen
from rag.documents.repetition import FEWEST_REPORTS, line_key, tell_of_many
from rag.index.entries import FileEntry, SegmentEntry, SkippedEntry, StoredPassage, spans_of
from rag.text.sentences import Span

_BATCH: Final = 500
_COMMON: Final = 64
"""A sentence of more files than this belongs to none of them."""


class Contents:
    """Reads what an open ledger holds."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def files(self) -> list[FileEntry]:
        """Every file, in order of its path."""
        rows = self._connection.execute(
            """SELECT id, path, size, modified, sha256, title, date, language, attribution,
                      characters, passages
               FROM files ORDER BY path"""
        )
        return [FileEntry(*row) for row in rows]

    def file_states(self) -> dict[str, tuple[int, int, int, str]]:
        """Id, size, time of change and hash of every file, by path."""
        rows = self._connection.execute("SELECT path, id, size, modified, sha256 FROM files")
        return {path: (id_, size, modified, sha) for path, id_, size, modified, sha in rows}

    def states_of(self, paths: Iterable[str]) -> dict[str, tuple[int, int, int, str]]:
        """As `file_states`, of the files at these paths alone."""
        found = (
            self._connection.execute(
                "SELECT path, id, size, modified, sha256 FROM files WHERE path = ?", (path,)
            ).fetchone()
            for path in paths
        )
        return {row[0]: row[1:] for row in found if row}

    def seen(self) -> set[Seen]:
        """Every file as it was seen last."""
        return set(self._connection.execute("SELECT path, size, modified FROM files").fetchall())

    def ids(self, paths: Iterable[str]) -> list[int]:
        """The ids of the files at these paths; a file that is not there is passed over."""
        found = (
            self._connection.execute("SELECT id FROM files WHERE path = ?", (path,)).fetchone()
            for path in paths
        )
        return [row[0] for row in found if row]

    def ids_in(self, languages: Sequence[str]) -> list[npt.NDArray[np.int64]]:
        """For each of the languages the ids of the files in it."""
        columns = ", ".join("group_concat(id) FILTER (WHERE language = ?)" for _ in languages)
        rows = self._connection.execute(f"SELECT {columns} FROM files", tuple(languages))  # noqa: S608
        return [_numbers(listed) for listed in rows.fetchone()]

    def path_order(self) -> npt.NDArray[np.int64]:
        """The id of every file, in the order of their paths."""
        rows = self._connection.execute(
            "SELECT group_concat(id) FROM (SELECT id FROM files ORDER BY path)"
        )
        return _numbers(rows.fetchone()[0])

    def skipped(self) -> list[SkippedEntry]:
        """The files that were skipped, in order of their paths."""
        rows = self._connection.execute(
            "SELECT path, size, modified, reason FROM skipped ORDER BY path"
        )
        return [SkippedEntry(*row) for row in rows]

    def warnings(self) -> dict[str, str]:
        """Why files should be looked at, by path, in order of their paths."""
        rows = self._connection.execute(
            "SELECT path, warning FROM files WHERE warning != '' ORDER BY path"
        )
        return dict(rows.fetchall())

    def file_count(self) -> int:
        """How many files there are."""
        return int(self._connection.execute("SELECT count(*) FROM files").fetchone()[0])

    def passage_count(self) -> int:
        """How many passages there are."""
        total = "SELECT coalesce(sum(passages), 0) FROM files"
        return int(self._connection.execute(total).fetchone()[0])

    def segments(self) -> list[SegmentEntry]:
        """The segments of the current revision, oldest first."""
        rows = self._connection.execute("SELECT name, rows FROM segments ORDER BY age").fetchall()
        return [
            SegmentEntry(
                name,
                count,
                tuple(
                    slot
                    for (slot,) in self._connection.execute(
                        "SELECT slot FROM dead WHERE segment = ?", (name,)
                    )
                ),
            )
            for name, count in rows
        ]

    def sentences(self, file: int) -> dict[int, list[Span]]:
        """All sentences of each passage of a file, by the passage's id."""
        rows = self._connection.execute(
            "SELECT id, sentences FROM passages WHERE file = ? ORDER BY id", (file,)
        )
        return {id_: spans_of(blob) for id_, blob in rows}

    def evidence(
        self, passages: Sequence[int], source_of: Callable[[int], Source] | None = None
    ) -> dict[int, Evidence]:
        """The passages of the given ids, with their files and sentences; the scores are 0.

        A short line that many reports have is left out. `source_of` is where files are had from
        that may be known already; without, they are read.
        """
        found: dict[int, Evidence] = {}
        sources: dict[int, Source] = {}
        source_of = source_of or self.source
        for id_, file, sentences in self._passage_rows(passages):
            if file not in sources:
                sources[file] = source_of(file)
            source = sources[file]
            spans = spans_of(sentences)
            told = [span for span in spans if not self._is_of_many(line_key(source.text, span))]
            of_source = tuple(Sentence(source, span) for span in told or spans)
            found[id_] = Evidence(source, of_source, 0.0)
        return found

    def _is_of_many(self, line: int | None) -> bool:
        """Whether a short line stands in so many different reports that it is furniture."""
        if line is None:
            return False
        files = self._connection.execute(
            """SELECT id FROM lines JOIN files ON files.id = lines.file
               WHERE key = ? ORDER BY path LIMIT ?""",
            (line, _COMMON),
        ).fetchall()
        if len(files) < FEWEST_REPORTS:
            return False
        return tell_of_many(self._phrases(file) for (file,) in files)

    def _passage_rows(self, passages: Sequence[int]) -> Iterator[tuple[int, int, bytes]]:
        for begin in range(0, len(passages), _BATCH):
            batch = passages[begin : begin + _BATCH]
            marks = ",".join("?" * len(batch))
            yield from self._connection.execute(
                f"SELECT id, file, sentences FROM passages WHERE id IN ({marks})",  # noqa: S608
                tuple(batch),
            )

    def source(self, file: int) -> Source:
        """A file, with its text."""
        row = self._connection.execute(
            """SELECT path, title, title_start, title_end, date, date_start, date_end, language,
                      pages, sha256, encoding, text
               FROM files JOIN texts ON texts.file = id WHERE id = ?""",
            (file,),
        ).fetchone()
        path, title, title_start, title_end, date, date_start, date_end, *rest = row
        language, pages, sha256, encoding, text = rest
        return Source(
            path,
            title,
            None if title_start is None else Span(title_start, title_end),
            date,
            None if date_start is None else Span(date_start, date_end),
            language,
            sha256,
            encoding,
            text,
            tuple(map(int, pages.split())),
            self._twins(file),
        )

    def _twins(self, file: int) -> tuple[Twin, ...]:
        """The other files that hold the report of this one, in order of their paths."""
        keys = self._phrases(file)
        found: set[int] = set()
        for key in keys:
            rows = self._connection.execute(
                "SELECT file FROM phrases WHERE key = ? LIMIT ?", (key, _COMMON + 1)
            ).fetchall()
            if len(rows) <= _COMMON:
                found.update(other for (other,) in rows)
        twins = [(other, self._phrases(other)) for other in found - {file}]
        return tuple(
            sorted(
                (
                    Twin(self._path(other), phrases)
                    for other, phrases in twins
                    if tell_the_same(keys, phrases)
                ),
                key=lambda twin: twin.path,
            )
        )

    def _phrases(self, file: int) -> frozenset[int]:
        rows = self._connection.execute("SELECT key FROM phrases WHERE file = ?", (file,))
        return frozenset(key for (key,) in rows)

    def _path(self, file: int) -> str:
        row = self._connection.execute("SELECT path FROM files WHERE id = ?", (file,)).fetchone()
        return str(row[0])

    def text_of(self, path: str) -> str | None:
        """The text of the file at `path`, or None where it is not in the index."""
        row = self._connection.execute(
            "SELECT text FROM files JOIN texts ON texts.file = id WHERE path = ?", (path,)
        ).fetchone()
        return row[0] if row else None

    def passages_of(self, file: int) -> list[int]:
        """The passage ids of a file, in their order in the text."""
        rows = self._connection.execute(
            "SELECT id FROM passages WHERE file = ? ORDER BY id", (file,)
        )
        return [id_ for (id_,) in rows]

    def same_content(self) -> dict[str, tuple[str, ...]]:
        """For each file whose content others share: the paths of those others."""
        groups: dict[str, list[str]] = {}
        for sha, path in self._connection.execute(
            """SELECT sha256, path FROM files WHERE sha256 IN
               (SELECT sha256 FROM files GROUP BY sha256 HAVING count(*) > 1) ORDER BY path"""
        ):
            groups.setdefault(sha, []).append(path)
        return {
            path: tuple(other for other in group if other != path)
            for group in groups.values()
            for path in group
        }

    def stored_passages(self) -> Iterator[StoredPassage]:
        """Every passage with its place and text, file by file."""
        for id_, path, sentences, text in self._connection.execute(
            """SELECT passages.id, path, sentences, text FROM passages
               JOIN files ON files.id = passages.file JOIN texts ON texts.file = passages.file
               ORDER BY passages.id"""
        ):
            spans = spans_of(sentences)
            start, end = spans[0].start, spans[-1].end
            yield StoredPassage(id_, path, start, end, text[start:end])


def _numbers(listed: str | None) -> npt.NDArray[np.int64]:
    """The numbers of a list with commas: read as one text they cost a fifth of so many rows."""
    return np.fromstring(listed, np.int64, sep=",") if listed else np.empty(0, np.int64)
