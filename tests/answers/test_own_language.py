"""A sentence in another language than its file: its own language counts."""

from rag.answers.verification import verify
from tests.answers.reports import evidence_of

REPORT = """Port reopens after two weeks

The transport minister opened the port of Marsa on Monday after two weeks of storms in the region.
Ships from three countries had waited outside the harbour, and the price of bread had doubled.
وقال الوزير للصحفيين عند مدخل الميناء أمام عشرات العمال: «سنعيد فتح الميناء أمام السفن غدا».
The workers' union said that it would end its strike as soon as the first ship had been unloaded.
"""


def test_a_quotation_may_be_a_translation_of_a_sentence_in_another_language_than_its_file() -> None:
    evidence = evidence_of(REPORT, "report.txt")
    (cited,) = (one for one in evidence[0].sentences if "سنعيد" in one.text)
    assert (cited.language, cited.source.language) == ("ar", "en")
    said = "The minister told reporters: “We will reopen the port to ships tomorrow.”"
    assert verify(said, [cited], evidence).supported
    assert not verify(said.replace("reopen", "close"), [cited], evidence).supported
