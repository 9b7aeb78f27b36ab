"""The line of questions that wait."""

import time

from bot.store import Place
from bot.telegram.waiting import Line

HERE, THERE = Place(1, 0), Place(2, 0)
SARA, OMAR = 7, 8


def test_a_line_ends_at_a_place_and_in_all() -> None:
    line = Line(at_a_place=2, in_all=3)
    assert [line.enter(n, HERE, SARA) for n in range(3)] == [True, True, False]
    assert [line.enter(n, THERE, SARA) for n in (10, 11)] == [True, False]
    line.leave(0, time.monotonic())
    line.leave(99, time.monotonic())  # what an earlier run has left
    assert line.enter(3, HERE, SARA)


def test_one_person_does_not_fill_the_line_for_the_others() -> None:
    line = Line(of_one=2)
    assert [line.enter(n, Place(n, 0), SARA) for n in range(3)] == [True, True, False]
    assert line.minutes_of(2) == 1
    assert line.enter(3, HERE, OMAR)
    assert line.length() == 3


def test_whoever_is_turned_away_hears_when_to_come_back() -> None:
    line = Line(at_a_place=30)
    for n in range(30):
        line.enter(n, HERE, SARA)
    assert not line.enter(30, HERE, SARA)
    assert line.minutes_of(30) == 3  # thirty answers of five seconds each
    assert line.minutes_of(30) == line.minutes_of(1) == 0
    line.leave(0, time.monotonic() - 65)
    line.enter(31, HERE, SARA)
    assert not line.enter(32, HERE, SARA)
    assert line.minutes_of(32) == 9  # they turn out to take longer
