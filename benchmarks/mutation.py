"""Mutations: the small changes to a module that its tests should notice, each a whole source.

The changes are mutmut's; unlike mutmut, functions with a decorator are changed too. What a module
does while it is imported (patterns, lists of words) is left as it is, and so are annotations.
"""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import libcst

_UNTOUCHED_CALLS: Final = ("len", "isinstance")
"""As mutmut has it."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change."""

    module: str
    """The file, from the top of the project."""
    lines: range
    """The lines of the statement that is changed."""
    source: str

    def diff(self, original: str) -> str:
        """What is changed, as a unified diff with a line around it."""
        before, after = original.splitlines(), self.source.splitlines()
        lines = difflib.unified_diff(before, after, self.module, "mutant", n=1, lineterm="")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Change:
    """A change that could be made to a module; `mutant` makes it."""

    module: str
    lines: range
    tree: "libcst.Module"
    node: "libcst.CSTNode"
    other: "libcst.CSTNode"

    def mutant(self) -> Mutant | None:
        """The mutant; None where the change leaves nothing that Python can read."""
        source = self.tree.deep_replace(self.node, self.other).code
        try:
            compile(source, self.module, "exec")
        except SyntaxError:
            return None
        return None if source == self.tree.code else Mutant(self.module, self.lines, source)


def changes_of(module: str, source: str) -> Iterator[Change]:
    """Every change that could be made to a module, in the order of its text."""
    # Not at the top: `--help` and the tests of the rest need none of it.
    import libcst as cst
    from libcst.metadata import MetadataWrapper, PositionProvider

    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    positions = wrapper.resolve(PositionProvider)
    for function in _functions(wrapper.module):
        for statement, node in _nodes(function, function):
            place = positions[statement]
            lines = range(place.start.line, place.end.line + 1)
            for other in _others(node):
                yield Change(module, lines, wrapper.module, node, other)


def _functions(node: "libcst.CSTNode") -> Iterator["libcst.FunctionDef"]:
    """The outermost functions and the methods."""
    import libcst as cst

    for child in node.children:
        if isinstance(child, cst.FunctionDef):
            yield child
        else:
            yield from _functions(child)


def _nodes(
    node: "libcst.CSTNode", statement: "libcst.CSTNode"
) -> Iterator[tuple["libcst.CSTNode", "libcst.CSTNode"]]:
    """What stands within a node, each with its statement (of a block: what introduces it)."""
    import libcst as cst

    if isinstance(node, (cst.Annotation, cst.Decorator)):
        return
    if isinstance(node, cst.Call) and getattr(node.func, "value", None) in _UNTOUCHED_CALLS:
        return
    yield statement, node
    for child in node.children:
        # A block is as long as what stands in it: what introduces it is the expression alone.
        if isinstance(child, cst.SimpleStatementLine) or (
            isinstance(node, (cst.If, cst.While, cst.For)) and isinstance(child, cst.BaseExpression)
        ):
            yield from _nodes(child, child)
        else:
            yield from _nodes(child, statement)


def _others(node: "libcst.CSTNode") -> Iterable["libcst.CSTNode"]:
    from mutmut.mutation.mutators import mutation_operators

    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            yield from operator(node)
