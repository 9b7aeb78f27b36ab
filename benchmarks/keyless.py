"""Isnad's settings in the benchmarks: without a model."""

from pathlib import Path

from rag.settings import Settings


def keyless(documents: Path, store: Path) -> Settings:
    """The settings for an index of `documents` in `store`, whatever the environment says."""
    return Settings(
        documents_dir=documents,
        data_dir=store,
        openai_api_key=None,
        openai_base_url=None,
        openai_embedding_model="",
    )
