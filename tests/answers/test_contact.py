"""Whether a model's server has answered lately."""

from rag.answers.contact import FEWEST, LATELY, Contact


def test_one_failure_is_an_accident_and_some_in_a_row_are_not() -> None:
    now = [0.0]
    contact = Contact(lambda: now[0])
    assert contact.is_well
    for number in range(1, FEWEST + 1):
        contact.failed()
        assert contact.is_well is (number < FEWEST)
    contact.answered()
    assert contact.is_well
    assert contact.failures == FEWEST


def test_what_failed_long_ago_may_be_well_again() -> None:
    now = [0.0]
    contact = Contact(lambda: now[0])
    for _ in range(FEWEST):
        contact.failed()
    now[0] = LATELY
    assert not contact.is_well
    now[0] = LATELY + 1
    assert contact.is_well


def test_requests_that_are_made_again_are_counted() -> None:
    contact = Contact()
    for again in (False, True, True):
        contact.begins(again=again)
    assert (contact.requests, contact.retries) == (3, 2)
