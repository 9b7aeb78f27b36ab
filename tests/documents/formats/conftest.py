from collections.abc import Iterator

import pytest

from rag.documents.extraction import Extractor


@pytest.fixture(scope="session")
def extractor() -> Iterator[Extractor]:
    with Extractor() as made:
        yield made
