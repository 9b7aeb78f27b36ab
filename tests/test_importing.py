"""Parts of LlamaIndex that are imported by several threads at the same time."""

import subprocess
import sys

ASKING = """
import asyncio, threading
from rag.answers.model import Model
from rag.errors import ModelUnavailable
from rag.index.model_embedding import ModelEmbedder
from tests.library import settings_of

settings = settings_of(openai_base_url="http://127.0.0.1:9/v1", openai_api_key="sk-test")
failures = []

def prepare():
    asyncio.run(Model.from_settings(settings).prepare())

def embed():
    try:
        ModelEmbedder("embedder", settings).embed_question("question")
    except ModelUnavailable:
        pass

def tried(work):
    try:
        work()
    except Exception as failure:
        failures.append(repr(failure))

threads = [threading.Thread(target=tried, args=[work]) for work in (prepare, embed, embed, embed)]
for one in threads:
    one.start()
for one in threads:
    one.join()
print(failures)
"""


def test_the_first_questions_may_come_at_the_same_time() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKING], capture_output=True, text=True, check=False
    )
    assert done.stdout == "[]\n", done.stderr
