from rag.answers.groundwork import Groundwork, look_at, look_up, sentences_of
from rag.answers.values import values_of
from rag.answers.verification import verify
from rag.text.lexicon import lexicon
from tests.answers.reports import evidence_of, sentence_with

REPORT = """Talks in Vienna ended

Delegates of 14 countries left Vienna on Tuesday. Karl Dorn said that 230 pages were agreed.
The talks had begun in 2017. Austria had invited 19 countries.
"""
CLAIM = "Karl Dorn said 230 pages were agreed."


def misses_while_verifying() -> int:
    evidence = evidence_of(REPORT)
    before = values_of.cache_info().misses
    assert verify(CLAIM, [sentence_with("230", evidence)], evidence).supported
    return values_of.cache_info().misses - before


def test_what_was_looked_at_is_not_taken_apart_again() -> None:
    """Of the texts that a claim may rest on, only the claim itself is new to the check."""
    evidence = evidence_of(REPORT)
    values_of.cache_clear()
    assert misses_while_verifying() > 1
    assert misses_while_verifying() == 0
    values_of.cache_clear()
    for text in sentences_of(evidence):
        look_at(text)
    look_at(evidence[0].source.title)
    assert misses_while_verifying() == 1


def test_the_first_statement_finds_the_lexicons_loaded() -> None:
    look_up()
    before = lexicon.cache_info().misses
    misses_while_verifying()
    assert lexicon.cache_info().misses == before


async def test_it_is_done_beside_the_waiting_and_leaves_nothing_behind() -> None:
    async with Groundwork(evidence_of(REPORT)) as groundwork:
        pass
    async with groundwork:
        pass


def test_no_more_is_looked_at_than_a_prompt_holds() -> None:
    long = evidence_of("Title\n\n" + "\n".join(f"Line {n} of {'x' * 400}." for n in range(80)))
    assert sum(map(len, sentences_of(long))) <= 16_000
