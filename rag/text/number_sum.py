"""How the words of a number add up, from left to right."""

from decimal import Decimal

from rag.text.number_words import Atom, Kind


class Sum:
    """A number growing from left to right: (…) x scale + (…) x scale + group."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.group: Decimal | None = None
        self.scale = Decimal("Infinity")
        self.digits = False

    @property
    def value(self) -> Decimal:
        """The number so far."""
        return self.total + (self.group or 0)

    def takes(self, atom: Atom, *, joined: bool, spaced: bool) -> bool:
        """Take `atom` into the number where it continues it. `spaced`: may follow without "and"."""
        group = self.group
        if group is None:
            return (not self.total or joined or spaced) and self._take_first(atom)
        if atom.kind is Kind.SCALE and not joined and atom.value < self.scale:
            self.total, self.group = self.total + group * atom.value, None
            self.scale, self.digits = atom.value, False
        elif atom.kind in (Kind.HUNDRED, Kind.DOZEN) and not joined and 0 < group < 100:
            self.group = group * atom.value
        elif self.digits:
            return False
        elif self._adds(atom, int(group) % 100, joined=joined, spaced=spaced):
            self.group = group + atom.value
        else:
            return False
        return True

    def _take_first(self, atom: Atom) -> bool:
        if atom.kind is Kind.SCALE:
            if atom.needs_factor or atom.value >= self.scale:
                return False
            self.total, self.scale = self.total + atom.value, atom.value
        elif atom.kind is Kind.SCALED:
            if atom.value >= self.scale:
                return False
            self.total, self.scale = self.total + atom.value, atom.value / 2
        else:
            self.group = atom.value
            self.digits = atom.kind is Kind.DIGITS
        return True

    def _adds(self, atom: Atom, rest: int, *, joined: bool, spaced: bool) -> bool:
        """Whether the atom adds to a group whose part below a hundred is `rest`."""
        if atom.kind is Kind.TEN_OF_TEENS and not joined and 1 <= rest <= 9:
            return True
        if not (joined or spaced):
            return False
        hundreds = self.group is not None and self.group >= 100
        if atom.kind is Kind.UNIT:
            return (rest >= 20 and rest % 10 == 0) or (rest == 0 and hundreds)
        if atom.kind in (Kind.TEEN, Kind.TEN_OF_TEENS):
            return rest == 0 and hundreds
        if atom.kind is Kind.TENS:
            return (rest == 0 and hundreds) or (joined and not spaced and 1 <= rest <= 9)
        return False
