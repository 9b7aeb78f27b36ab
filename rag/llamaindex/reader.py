"""The reading of files of all formats as a LlamaIndex reader."""

from pathlib import Path
from typing import Any

from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document

from rag.documents.document import understand
from rag.documents.formats import readable_suffixes
from rag.documents.reading import read


class FileReader(BaseReader):  # type: ignore[misc]
    """Reads a file of any format that Isnad reads: one document, with what is known of it.

    `SimpleDirectoryReader(folder, file_extractor=FileReader.by_suffix())` reads a folder by it.
    """

    @classmethod
    def by_suffix(cls) -> "dict[str, FileReader]":
        """The reader for every suffix that it reads."""
        reader = cls()
        return dict.fromkeys(sorted(readable_suffixes()), reader)

    def load_data(self, file: Path, extra_info: dict[str, Any] | None = None) -> list[Document]:
        """The document of a file. UnreadableFile with the reason where it cannot be read."""
        path = Path(file)
        text = read(path.parent, path.name)
        known = understand(text)
        metadata = {
            "file_name": path.name,
            "title": known.title,
            "date": known.date.value if known.date else None,
            "language": known.language,
            "encoding": text.encoding,
            "pages": list(text.pages),
        }
        return [Document(text=text.text, metadata={**(extra_info or {}), **metadata})]
