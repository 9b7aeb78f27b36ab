import asyncio
import logging
import os
from contextlib import suppress

import pytest

from rag.index.embedding import LocalEmbedder
from rag.index.generation import build_in_child, current, folder_of
from rag.index.serving import ServedGeneration
from tests.index.test_generation import exactly_nearest
from tests.library import Library
from tests.waiting import until

QUESTION = "من هي كارولين روز؟"


def test_nothing_is_served_where_nothing_is_built(library: Library) -> None:
    served = ServedGeneration(library.data)
    served.refresh()
    assert served.key is None
    assert served.nearest("key", LocalEmbedder().embed([QUESTION])[0], 5) is None
    served.close()


def test_a_generation_serves_its_own_revision(sealed: Library) -> None:
    served = ServedGeneration(sealed.data)
    (vector,) = LocalEmbedder().embed([QUESTION])
    served.refresh()
    assert served.key == sealed.snapshot.key
    assert served.nearest(sealed.snapshot.key, vector, 5) == exactly_nearest(sealed, QUESTION, 5)
    assert served.nearest("another", vector, 5) is None
    served.close()
    assert served.nearest(sealed.snapshot.key, vector, 5) is None


def test_a_damaged_generation_is_not_opened(
    sealed: Library, caplog: pytest.LogCaptureFixture
) -> None:
    generation = current(sealed.data, None)
    assert generation
    (database,) = (folder_of(sealed.data) / generation.name).glob("chroma.sqlite3")
    os.truncate(database, database.stat().st_size // 2)
    served = ServedGeneration(sealed.data)
    with caplog.at_level(logging.WARNING):
        served.refresh()
        served.refresh()
    assert served.key is None
    assert served.nearest(sealed.snapshot.key, LocalEmbedder().embed([QUESTION])[0], 5) is None
    assert caplog.text.count("is unsound") == 1
    assert sealed.files(QUESTION)[0] == "003_bc0966837ce6fdc6.txt"


def test_whoever_stops_serving_does_not_wait_for_the_next_generation(library: Library) -> None:
    library.fill(
        **{f"report{number}": f"وصل الوفد رقم {number} إلى الميناء." for number in range(9)}
    )
    served = ServedGeneration(library.data)

    async def stop_while_it_is_built() -> None:
        keeping = asyncio.create_task(served.keep(lambda: library.snapshot.key))
        await until(lambda: list(folder_of(library.data).glob("*")))
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping

    asyncio.run(stop_while_it_is_built())
    assert current(library.data, None) is None
    served.close()
    assert build_in_child(library.data)
