"""Importing LlamaIndex, which several threads must not do at the same time.

Its packages import each other in circles. Where two threads come from different sides, Python
lets one see a module that is only half there, and that import fails.
"""

from threading import Lock
from typing import Final

ONE_AT_A_TIME: Final = Lock()
"""Held around each first import of a part of LlamaIndex."""
