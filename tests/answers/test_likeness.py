import pytest

from rag.answers.likeness import likeness


@pytest.mark.parametrize(
    ("statement", "text", "share"),
    [
        ("of the and", "of the and", 0.0),
        ("Elections in Pakistan", "جرت الانتخابات في باكستان", 1.0),
        ("Elections in Pakistan", "جرت الانتخابات في تركيا", 0.5),
        ("Elections in Pakistan", "وصل الوزير", 0.0),
        ("الانتخابات في باكستان", "Elections in Pakistan", 1.0),
    ],
)
def test_it_is_told_how_much_of_a_statement_a_sentence_speaks_to(
    statement: str, text: str, share: float
) -> None:
    assert likeness(statement, text) == share
