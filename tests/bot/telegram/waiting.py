"""Stands until nobody imports it from here any more: `tests.waiting`."""

from tests.waiting import until

__all__ = ["until"]
