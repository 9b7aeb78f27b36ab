from pathlib import Path

from llama_index.core import SimpleDirectoryReader

from rag.llamaindex import FileReader, PassageParser
from tests.documents.formats.samples import SAMPLES, SENTENCE, TITLE


def test_a_folder_of_all_formats_is_read_by_it(tmp_path: Path) -> None:
    for suffix in ("docx", "pdf", "csv"):
        (tmp_path / f"report.{suffix}").write_bytes(SAMPLES[suffix][1]())
    reader = SimpleDirectoryReader(str(tmp_path), file_extractor=FileReader.by_suffix())
    documents = {Path(one.metadata["file_path"]).suffix: one for one in reader.load_data()}
    assert all(SENTENCE in one.text for one in documents.values())
    assert documents[".docx"].metadata["title"] == TITLE
    assert len(documents[".pdf"].metadata["pages"]) == 2
    assert documents[".csv"].metadata["encoding"] == "windows-1256"
    nodes = PassageParser().get_nodes_from_documents(list(documents.values()))
    assert nodes
