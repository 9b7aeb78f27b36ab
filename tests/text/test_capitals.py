from rag.text.capitals import countries_by_capital
from rag.text.lexicon import NAMES, PLACES, lexicon


def test_every_capital_and_its_countries_are_in_the_lexicon() -> None:
    for capital, countries in countries_by_capital().items():
        for name in (capital, *countries):
            found = [one for match in lexicon("en").matches(name) for one in match.concepts]
            assert any(one.field in (NAMES, PLACES) for one in found), name
