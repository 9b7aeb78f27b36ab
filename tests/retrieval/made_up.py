"""Made-up reports about openings of buildings, each with a question that it answers."""

from collections.abc import Sequence
from typing import Final

_GIVEN: Final = "سمير هناء وليد ريم فاروق نبيلة طارق دلال حازم سهى مروان لينا".split()
_FAMILY: Final = (
    "الحلبي الصفدي الخطيب العطار النجار الشامي الزعبي الكيلاني البغدادي القاضي السباعي الدمشقي "
    "الموصلي الجندي الحداد".split()
)
_CITIES: Final = "البصرة حلب إربد طرابلس صفاقس وهران أسيوط تعز نابلس صيدا مراكش الأبيض".split()
_BUILDINGS: Final = "مستشفى مكتبة جسر مدرسة ملعب متحف مصنع محطة مسرح سوق".split()
_MONTHS: Final = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر".split()
_ROLES: Final = "المحافظ الوزير العمدة المهندس الرئيس الأمير السفير".split()


def person(number: int) -> str:
    """The name that only report `number` has whole."""
    return f"{_of(_GIVEN, number)} {_of(_FAMILY, number + number // 12)}"


def report(number: int) -> str:
    """The text of a report; another for every number up to some hundred."""
    building, city = _of(_BUILDINGS, number + number // 10), _of(_CITIES, number)
    return "\n".join(
        [
            f"افتتاح {building} في {city}",
            f"افتتح {_of(_ROLES, number)} {person(number)} يوم {number % 28 + 1} "
            f"{_of(_MONTHS, number)} {building} في مدينة {city} بحضور جمهور كبير من السكان.",
            f"وبلغت كلفة البناء {number + 3} مليون دينار، ودام العمل فيه {number % 7 + 2} أعوام.",
            f"وشارك في الحفل وفد من {_of(_CITIES, number + 5)} ترأسه {person(number + 17)}.",
            f"وتعهد {_of(_ROLES, number + 2)} ببناء {_of(_BUILDINGS, number + 3)} آخر قبل "
            f"{_of(_MONTHS, number + 4)} المقبل.",
        ]
    )


def questions(number: int) -> tuple[str, str]:
    """Questions that report `number` answers."""
    building, city = _of(_BUILDINGS, number + number // 10), _of(_CITIES, number)
    return (
        f"ماذا افتتح {person(number)}؟",
        f"كم كلف بناء {building} {city} في {_of(_MONTHS, number)}؟",
    )


OFF_TOPIC: Final = (
    "ما مقادير الكبسة السعودية وطريقة طبخها؟",
    "من أحرز كأس العالم لكرة القدم؟",
    "ما أعراض نقص فيتامين د عند الأطفال؟",
    "كيف تعمل محركات الطائرات النفاثة؟",
    "من كتب رواية الحرب والسلام؟",
    "What is the boiling point of water?",
    "پایتخت استرالیا کجاست؟",
)
"""Questions that no report answers."""


def _of(words: Sequence[str], number: int) -> str:
    return words[number % len(words)]
