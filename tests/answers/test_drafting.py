import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rag.answers.citing import in_order
from rag.answers.drafting import Piece, composed
from tests.answers.reports import seed

SENTENCES = [sentence for one in seed(3) for sentence in one.sentences][:12]
PREFIXES = st.sampled_from(["", "\n", "\n\n", "\n- ", " "])
TEXTS = st.sampled_from(
    [
        "Bagheri came.",
        "However, he left.",
        "Therefore, talks began.",
        "This was so.",
        "ومع ذلك، عاد.",
    ]
)
PIECES = st.lists(
    st.builds(
        Piece,
        PREFIXES,
        TEXTS,
        st.lists(st.sampled_from(SENTENCES), max_size=3, unique=True).map(tuple),
        st.sampled_from([None, None, None, "judge"]),
    ),
    max_size=8,
)


@given(PIECES)
def test_every_number_in_the_text_is_a_citation_and_in_order(pieces: list[Piece]) -> None:
    made = composed(pieces)
    shown = [int(number) for number in re.findall(r"\[(\d+)\]", made.text)]
    assert in_order(shown)
    assert set(shown) == {one.n for one in made.citations}
    assert [one.n for one in made.citations] == list(range(1, len(made.citations) + 1))
    for claim, place in zip(made.claims, made.places, strict=True):
        assert pieces[place].text.endswith(claim.text[1:])
        assert claim.text in made.text
    stated = [piece for piece in pieces if piece.cited or piece.reason]
    assert len(made.claims) + len(made.withheld) == len(stated)


@given(PIECES)
def test_what_follows_a_gap_does_not_dangle(pieces: list[Piece]) -> None:
    made = composed(pieces)
    kept = {place: claim.text for place, claim in zip(made.places, made.claims, strict=True)}
    for place, text in kept.items():
        if place and pieces[place - 1].reason:
            assert not text.startswith(("However", "Therefore", "This", "He ", "ومع ذلك"))


@given(PIECES)
def test_pieces_that_come_later_only_add_to_the_text(pieces: list[Piece]) -> None:
    texts = [composed(pieces[:count]).text for count in range(len(pieces) + 1)]
    for earlier, later in pairwise(texts):
        assert later.startswith(earlier)
