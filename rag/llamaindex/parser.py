"""The splitter as a LlamaIndex node parser."""

from collections.abc import Sequence
from typing import Any

from llama_index.core.node_parser import NodeParser
from llama_index.core.node_parser.node_utils import build_nodes_from_splits
from llama_index.core.schema import BaseNode, MetadataMode, TextNode

from rag.documents.document import understand
from rag.documents.reading import FileText


class PassageParser(NodeParser):  # type: ignore[misc]
    """Splits documents into passages of whole sentences, page furniture left out.

    `start_char_idx` and `end_char_idx` of a node are exact, also where text repeats.
    """

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **_: Any
    ) -> list[BaseNode]:
        return [found for node in nodes for found in self._split(node)]

    def _split(self, node: BaseNode) -> list[BaseNode]:
        text = node.get_content(metadata_mode=MetadataMode.NONE)
        name = str(node.metadata.get("file_name") or node.node_id)
        document = understand(FileText(name, text, "utf-8", ""))
        spans = [(passage.start, passage.end) for passage in document.passages]
        found = build_nodes_from_splits(
            [text[start:end] for start, end in spans], node, id_func=self.id_func
        )
        for passage, (start, end) in zip(found, spans, strict=True):
            if isinstance(passage, TextNode):
                passage.start_char_idx, passage.end_char_idx = start, end
                passage.metadata["title"] = document.title
        return list(found)

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, Any]
    ) -> list[BaseNode]:
        # The base class looks the text up again from the start of the document, which puts a
        # repeated passage in the place of its first copy.
        offsets = {
            node.node_id: (node.start_char_idx, node.end_char_idx)
            for node in nodes
            if isinstance(node, TextNode)
        }
        processed = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node in processed:
            if isinstance(node, TextNode):
                node.start_char_idx, node.end_char_idx = offsets[node.node_id]
        return list(processed)
