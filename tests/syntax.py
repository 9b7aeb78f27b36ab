"""The syntax tree of a module of ours."""

import ast
import gc
from pathlib import Path


def parsed(path: Path) -> ast.Module:
    """The tree of a file.

    No garbage is collected meanwhile: what reports an object that somebody left open formats a
    traceback, which parses source within the parsing, and Python 3.11 takes that for an error of
    its own (SystemError: AST constructor recursion depth mismatch).
    """
    text = path.read_text(encoding="utf-8")
    gc.disable()
    try:
        return ast.parse(text)
    finally:
        gc.enable()
