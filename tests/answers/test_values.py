"""Values that the reader of numbers alone does not give: halves, shared units, joined parts."""

from decimal import Decimal

import pytest

from rag.answers.values import values_of


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("ثمانية أشهر ونصف الشهر", "8.5", "month"),
        ("سه سال و نیم طول کشید", "3.5", "year"),
        ("إلى متر ونصف المتر", "1.5", "metre"),
        ("شصت‌وسه ظرف", "63", None),
        ("چهل‌ودومین جشنواره", "42", "ordinal"),
        ("جریمه ۹۰۰ میلیون دلاری", "900000000", "dollar"),
        ("خلال الأشهر الـ18 الماضية", "18", "month"),
    ],
)
def test_a_quantity_is_read_whole(text: str, value: str, unit: str | None) -> None:
    (one,) = values_of(text).quantities
    assert (one.value, one.unit) == (Decimal(value), unit)


def test_a_number_shares_the_unit_of_the_one_before_it() -> None:
    assert [one.unit for one in values_of("من عشر سنوات إلى ست.").quantities] == ["year", "year"]
    assert [one.unit for one in values_of("من عشر سنوات إلى ست لجان").quantities] == ["year", None]


def test_a_shut_door_is_no_number() -> None:
    assert values_of("آن‌ها تا دوشنبه بسته می‌مانند.").quantities == ()


def test_a_day_is_told_in_words_before_a_month() -> None:
    assert (None, 11, 30) in values_of("بحلول الثلاثين من تشرين الثاني/نوفمبر").dates
