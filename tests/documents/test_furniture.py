from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.documents.furniture import furniture_spans, is_furniture
from tests.documents.pages import FURNITURE, LINE_ENDS, SEED_FURNITURE, SENTENCES, thorough


def found(text: str) -> list[str]:
    return [span.of(text) for span in furniture_spans(text)]


@pytest.mark.parametrize("line", [*FURNITURE, "إلغاء الرد", "seven − 2 =", "_" * 300])
def test_the_lines_around_a_report_are_furniture(line: str) -> None:
    assert is_furniture(line)
    assert is_furniture(f"  {line}\t")


@pytest.mark.parametrize(
    "line", ["إقْرَأ أيضـــاً:", "اقرا ايضا", "9 + سَبعة =", "٩ + سبعة =", "۹ + سبعه ="]
)
def test_furniture_is_known_in_every_spelling(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضا قصة النبي يوسف في هذا الكتاب القديم.",
        "اقرأ الكتاب قبل النوم.",
        "شاهد المزيد من السكان الحريق.",
        "المزيد من القوات وصلت إلى الحدود.",
        "للمزيد من المعلومات زار الوفد المتحف.",
        "بحث الوزيران الملف النووي.",
        "رد الوزير على سؤال الصحيفة.",
        "الرد الإيراني كان سريعا.",
        "التعليقات التي صدرت عن موسكو كانت حادة.",
        "ترك الوزير تعليقا في سجل الزوار.",
        "انتهى الاجتماع بعد ساعتين.",
        "شارك الوزير في الاجتماع.",
        "شارك عبر الفيديو في القمة رئيس الوزراء الباكستاني.",
        "شارك هذا العام في المعرض مئة عارض.",
        "تابع الرئيس المباراة في الملعب.",
        "تابع الرئيس الأخبار على تويتر.",
        "انضم الوزير إلى تويتر عام 2010.",
        "الموقع الإلكتروني للوزارة تعطل أمس.",
        "نشر الوزير على تويتر أن الاتفاق قريب.",
        "حاصل 4 + 7 = 11 كما يعلم الجميع.",
        "أخبار متعلقة بالحرب وصلت إلى القصر.",
        "نظرات الوزیر بود که سفر به تعویق بیفتد.",
        "بیشتر بخوانید تا موفق شوید، وزیر گفت.",
        "Comment is free, but facts are sacred.",
        "Read more books, the minister said.",
        "Reply to the letter came late.",
        "Shares rose on Facebook's report.",
        "Print media is dying.",
        "We baked cookies, and our neighbours loved them.",
        "Security check at Baghdad airport",
        "أدخل الصحفي الصورة إلى المعرض.",
        "أدخل الأرقام القياسية إلى التاريخ.",
        "It is your work that shows you are human, he said.",
        *SENTENCES,
    ],
)
def test_a_real_sentence_that_has_such_words_is_kept(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "المصدر",
        "المصدر: رويترز",
        "مادة مترجمة عن وكالة “IRNA“",
        "القامشلي ـ نورث برس",
        "Al-Monitor",
        "Source: Reuters",
        "منبع: ایرنا",
        "ميدل ايست نيوز:",
    ],
)
def test_a_line_that_says_where_a_report_comes_from_is_kept(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize("line", ["", " ", "\t", "\u00a0"])
def test_a_blank_line_is_nothing_at_all(line: str) -> None:
    assert not is_furniture(line)


def test_a_long_line_is_kept_whatever_its_words() -> None:
    assert not is_furniture("شارك الخبر على فيسبوك وتويتر " * 10)


@pytest.mark.parametrize("name", SEED_FURNITURE)
def test_the_furniture_of_the_seeds_is_found_and_nothing_else(seeds: Path, name: str) -> None:
    text = (seeds / name).read_bytes().decode()
    assert set(found(text)) == set(SEED_FURNITURE[name])


@thorough
@given(
    st.lists(st.sampled_from([*FURNITURE, *SENTENCES, "", " "]), max_size=12),
    st.sampled_from(LINE_ENDS),
)
def test_furniture_is_found_line_by_line_in_order(lines: list[str], line_end: str) -> None:
    # Below a heading of comments that has their signs, all is furniture.
    assume(not {"التعليقات", "نظرات"}.intersection(lines))
    assert found(line_end.join(lines)) == [line for line in lines if line in FURNITURE]


def test_a_report_about_cookies_keeps_what_it_advises() -> None:
    advice = "You can disable cookies in your browser settings at any time."
    told = "The regulator fined two companies that set cookies without asking."
    assert found(f"A fine\n{told}\nIt was the third this year.\n\n{advice}") == []
    assert found(f"A fine\nTwo companies were fined.\nIt was the third.\n\n{advice}") == [advice]
    said = "The minister said your device keeps cookies for a year."
    assert found(f"A fine\nTwo companies were fined.\n{said}") == []
