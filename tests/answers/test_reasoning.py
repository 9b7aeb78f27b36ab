from hypothesis import given
from hypothesis import strategies as st

from rag.answers.reasoning import ReasoningFilter, without_reasoning

TAGS = "<think> </think> <thinking> </thinking> [THINK] [/THINK]".split()
PIECES = st.sampled_from([*TAGS, "<", ">", "[", "]", "</", "a", " b ", "<b>", "[1.1]", "\n"])


def shown(pieces: list[str]) -> str:
    reasoning, text = ReasoningFilter(), ""
    for piece in pieces:
        found = reasoning.feed(piece)
        if reasoning.restarted:
            text, reasoning.restarted = "", False
        text += found
    return text + reasoning.finish()


def test_reasoning_is_taken_out() -> None:
    assert shown(["<think>hm</think>The answer."]) == "The answer."
    assert shown(["hm</think>The answer."]) == "The answer."
    assert shown(["The answer. a < b"]) == "The answer. a < b"
    assert shown(["[THINK]hm [1.1][/THINK]The answer [1.1]."]) == "The answer [1.1]."
    assert shown(["<think>never ending"]) == ""


@given(st.lists(PIECES, max_size=12).map("".join), st.lists(st.integers(0, 60), max_size=8))
def test_the_result_does_not_depend_on_how_the_stream_was_cut(text: str, cuts: list[int]) -> None:
    ends = [*sorted(cut for cut in cuts if cut < len(text)), len(text)]
    pieces = [text[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
    assert shown(pieces) == shown([text])


def test_reasoning_is_taken_out_of_a_whole_reply() -> None:
    assert without_reasoning('hm {"1": 2}</think>{"1": 3}') == '{"1": 3}'
    assert without_reasoning('<think>hm {"1": 2}') == ""
    assert without_reasoning("a <b") == "a <b"
