"""Who wanted to be forgotten is known to all processes for a while."""

import time

from bot.store import HOUR, Place, Store
from bot.store.forgettings import Forgettings
from tests.bot.store.conftest import Opener

SARA, ALI = 5, 6
HERE = Place(5, 0)


def test_another_process_knows_who_wanted_to_be_forgotten_since_a_thread_was_read(
    opener: Opener,
) -> None:
    one, two = opener(), opener()
    read_at = Store(one).thread(HERE, 6).read_at
    assert Forgettings(one).since(read_at) == frozenset()
    Forgettings(two).add(SARA)
    assert Forgettings(one).since(read_at) == {SARA}
    time.sleep(0.01)  # a clock tells milliseconds
    Forgettings(two).add(ALI)
    later = Store(one).thread(HERE, 6).read_at
    assert read_at < later
    time.sleep(0.01)
    assert Forgettings(one).since(Store(one).thread(HERE, 6).read_at) == frozenset()


def test_it_is_known_for_an_hour(opener: Opener) -> None:
    store = Store(opener())
    Forgettings(store.database).add(SARA)
    store.expire(365, time.time() + HOUR + 60)
    assert Forgettings(store.database).since(0) == frozenset()
