"""The ten lines a developer would start with: LlamaIndex and Chroma, no key, no weights.

`python starter.py build STORE DOCUMENTS` makes the store, `python starter.py ask STORE QUESTION`
asks it.
"""

import sys

import chromadb
from llama_index.core import MockEmbedding, Settings, SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.storage import StorageContext
from llama_index.vector_stores.chroma import ChromaVectorStore

task, store, argument = sys.argv[1:]
Settings.llm = MockLLM(max_tokens=64)
Settings.embed_model = MockEmbedding(embed_dim=512)
# The default sentence function reads NLTK's data, which fails where packages are hard-linked.
Settings.node_parser = SentenceSplitter(chunking_tokenizer_fn=lambda text: text.splitlines(True))
collection = chromadb.PersistentClient(store).get_or_create_collection("seeds")
vectors = ChromaVectorStore(chroma_collection=collection)
if task == "build":
    context = StorageContext.from_defaults(vector_store=vectors)
    documents = SimpleDirectoryReader(argument).load_data()
    VectorStoreIndex.from_documents(documents, storage_context=context)
else:
    print(VectorStoreIndex.from_vector_store(vectors).as_query_engine().query(argument))
