"""What a message asks now, and whether that is answered."""

from bot.telegram.questions import Questions

HERE, THERE = (7, 1), (7, 2)


def test_an_edit_overtakes_what_waits_and_what_is_dealt_with() -> None:
    questions = Questions()
    questions.arrives(1, HERE, "من هو؟")
    assert not questions.changes(2, HERE, "من هو؟")
    assert questions.changes(3, HERE, "من هي؟")
    assert questions.is_overtaken(1, HERE)
    with questions.dealing_with(1, HERE, "من هو؟"):
        pass
    assert questions.is_due(3, HERE) and not questions.is_due(2, HERE)
    with questions.dealing_with(3, HERE, "من هي؟"):
        assert questions.changes(4, HERE, "من هو؟")
    assert questions.is_due(4, HERE)


def test_what_was_dealt_with_is_known_for_a_while() -> None:
    questions = Questions()
    with questions.dealing_with(1, HERE, "من؟"):
        assert not questions.is_done(HERE, "من؟")
    assert questions.is_done(HERE, "من؟")
    assert not questions.is_done(HERE, "متى؟") and not questions.is_done(THERE, "من؟")
    assert not questions.changes(2, HERE, "متى؟")
    for number in range(1000):
        with questions.dealing_with(number, (8, number), ""):
            pass
    assert not questions.is_done(HERE, "من؟")
