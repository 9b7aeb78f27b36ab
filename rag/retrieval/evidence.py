from rag.documents.evidence import Evidence, Sentence, Source  # noqa: F401  (until the writer has moved)
