import pytest

from rag.answers.holders import holders


@pytest.mark.parametrize(
    ("text", "office", "name"),
    [
        (
            "Greek Defence Minister Nikos Pallis visited the base.",
            "defence minister",
            "Nikos Pallis",
        ),
        ("Omar Zarrouk, the prime minister of Libya, left.", "prime minister", "Omar Zarrouk"),
        ("Omar Zarrouk, Libya's prime minister, left.", "prime minister", "Omar Zarrouk"),
        ("The prime minister of Libya, Omar Zarrouk, left.", "prime minister", "Omar Zarrouk"),
        ("وصل رئيس الوزراء الليبي خالد بن علي إلى روما.", "prime minister", "خالد بن علي"),
        ("مع رئيس الوزراء الباكستاني, عمران خان، في لاهور", "prime minister", "عمران خان"),
        ("فهد نصار، وزير الدفاع الأردني، في عمان", "defence minister", "فهد نصار"),
        ("قال محافظ البنك المركزي التونسي فتحي الزهر ذلك", "central bank governor", "فتحي"),
        ("وزیر خارجه عمان، سعید حارثی، وارد تهران شد.", "foreign minister", "سعید حارثی"),
        ("نخست‌وزیر لیبی عمر زروق وارد رم شد.", "prime minister", "عمر زروق"),
        ("President Naji Hamdan visited Damascus.", "president", "Naji Hamdan"),
        ("الرئيس ناجي حمدان زار دمشق.", "president", "ناجي حمدان"),
    ],
)
def test_a_name_beside_an_office_is_its_holder(text: str, office: str, name: str) -> None:
    found = {one.office: text[one.start : one.end] for one in holders(text)}
    assert found == {office: name}


@pytest.mark.parametrize(
    "text",
    [
        "The former defence minister of Greece, Nikos Pallis, spoke.",
        "وزیر خارجه پیشین عمان، خالد بوسعیدی، به تهران آمد.",
        "قال نائب وزير المالية المصري طارق منيب إن الدين انخفض.",
        "The ambassador Omar Zarrouk left.",
        "قال وزير الدفاع إن المحادثات مفيدة.",
        "The prime minister of Libya said so.",
    ],
)
def test_a_former_one_a_deputy_and_one_of_many_are_no_holders(text: str) -> None:
    assert list(holders(text)) == []


def test_a_holder_comes_with_the_country() -> None:
    for text in (
        "Greek Defence Minister Nikos Pallis",
        "وزير الدفاع اليوناني نيكوس باليس",
        "نیکوس پالیس، وزیر دفاع یونان، گفت",
    ):
        (holder,) = holders(text)
        assert "p:gree" in holder.places[0]


def test_a_country_farther_off_is_not_the_holders() -> None:
    (one,) = holders("President Naji Hamdan said on Monday that Greece was his next destination.")
    assert one.places == ()


def test_who_is_of_a_country_is_of_the_country() -> None:
    (one,), (other,) = (
        holders("Iranian Health Minister Davoud Salehi"),
        holders("The health minister of Iran, Davoud Salehi, spoke."),
    )
    assert one.places[0] & other.places[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Brazil's foreign minister is Paulo Reis.", "Paulo Reis"),
        ("Ana Costa is the foreign minister of Brazil.", "Ana Costa"),
        ("وزيرة خارجية البرازيل هي آنا كوستا.", "آنا كوستا"),
        ("آنا كوستا هي وزيرة خارجية البرازيل.", "آنا كوستا"),
        ("وزیر خارجه برزیل پائولو ریس است.", "پائولو ریس"),
        ("آنا کوستا وزیر خارجه برزیل است.", "آنا کوستا"),
        ("The mayor of Harrowby, Edith Crane, spoke.", "Edith Crane"),
        ("قال رئيس بلدية صيدنايا جورج نعمة إن الطريق مغلق.", "جورج نعمة"),
        ("بهرام نوری، شهردار شیراز، سخن گفت.", "بهرام نوری"),
        ("The head of the World Health Agency is Ada Voss.", "Ada Voss"),
        ("مديرة مستشفى النخيل هي هدى منصور.", "هدى منصور"),
        ("استاندار گیلان، رضا احمدی، آمد.", "رضا احمدی"),
    ],
)
def test_who_is_told_to_be_in_an_office_holds_it(text: str, name: str) -> None:
    (holder,) = holders(text)
    assert text[holder.start : holder.end] == name
    assert holder.places


@pytest.mark.parametrize(
    "text",
    [
        "The foreign minister of Brazil was Paulo Reis.",
        "The mayor of Harrowby is Catholic.",
        "The director of the museum is Olga Brandt.",
        "Felix Moore, a director of Arden Bank, spoke.",
        "وزير خارجية البرازيل هو رجل دولة محنك.",
        "مدير الشركة سامي قاسم متفائل.",
        "افتتح مدير مستشفى الأمل قسم الطوارئ.",
        "شهردار شیراز نگران وضعیت آب است.",
        "وزیر خارجه برزیل بسیار خوشحال است.",
    ],
)
def test_what_else_is_told_of_who_is_in_an_office_is_no_name(text: str) -> None:
    assert list(holders(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The mayor-elect of Harrowby is Simon Pell.",
        "قال محافظ نينوى المكلف عمار الحمداني إن الطريق مغلق.",
        "Brazil's acting foreign minister is Ana Costa.",
    ],
)
def test_who_acts_in_an_office_or_has_yet_to_take_it_holds_another(text: str) -> None:
    assert [one.office.split()[0] for one in holders(text)] == ["acting"]
