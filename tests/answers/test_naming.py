import pytest

from rag.answers.naming import unknown_name
from rag.answers.pool import pool_of

PAIRS = """Bagheri باقري;Shoigu شويغو;Lavrov لافروف;Putin بوتين;Guterres غوتيريش;Macron ماكرون
Biden بايدن;Sharif شريف;Kissinger كيسنجر;Zelensky زيلينسكي;Netanyahu نتنياهو;Erdogan أردوغان
Aliyev علييف;Khamenei خامنئي;Rouhani روحاني;Hajizadeh حاجي زاده;Soleimani سليماني;Karzai كرزاي
Blinken بلينكن;Pompeo بومبيو;Johnson جونسون;Merkel ميركل;Scholz شولتس;Ahmadinejad أحمدي نجاد
Larijani لاريجاني;Shamkhani شمخاني;Abdollahian عبد اللهيان;Zardari زرداري;Bhutto بوتو;Musharraf مشرف
Rose روز;Caroline كارولين;Khatibzadeh خطيب زاده;Zarif ظريف;Javad جواد;Javed جاويد;Bajwa باجوا
Munir منير;Hatami حاتمي;Tanveer تنوير;Imran عمران;Khan خان;Trump ترامب;Levan لوان;Jagarian جاغريان
Zhang تشانغ;Wang وانغ;Mohammed محمد;Muhammad محمد;Ahmed أحمد;Youssef يوسف;Ibrahim إبراهيم
Khalid خالد;Sisi السيسي;Hariri الحريري;Mikati ميقاتي;Barzani بارزاني;Maliki المالكي;Haftar حفتر
Burhan البرهان;Hemedti حميدتي;Nasser ناصر;Arafat عرفات;Haniyeh هنية;Sinwar السنوار;Gallant غالانت
Gantz غانتس;Bennett بينيت;Schroeder شرودر;Chirac شيراك;Charles تشارلز;George جورج;Thatcher تاتشر
Churchill تشرشل;Roosevelt روزفلت;Kennedy كينيدي;Nixon نيكسون;Reagan ريغان;Clinton كلينتون
Obama أوباما;Powell باول;Sullivan سوليفان;Stoltenberg ستولتنبرغ;Borrell بوريل;Grossi غروسي
Griffiths غريفيث;Witkoff ويتكوف;Rubio روبيو;Musk ماسك;Zuckerberg زوكربيرغ;Lukashenko لوكاشينكو
Orban أوربان;Mitsotakis ميتسوتاكيس;Kishida كيشيدا;Moscow موسكو;Islamabad إسلام أباد;Tehran طهران
Beijing بكين;Karachi كراتشي;Chabahar تشابهار;Washington بواشنطن;Cairo القاهرة;Damascus دمشق
Germany ألمانيا;Egypt مصر;China الصين;Greece اليونان;Jerusalem القدس;Vienna فيينا;Geneva جنيف
Nangarhar ننجرهار;Baluchistan بلوشستان;Sistan سيستان;Panjshir بنجشير;Kandahar قندهار"""


@pytest.mark.parametrize("pair", PAIRS.replace("\n", ";").split(";"))
def test_a_name_is_known_in_another_script(pair: str) -> None:
    latin, arabic = pair.split(" ", 1)
    pool = pool_of(f"وقال إن {arabic} كان هناك")
    assert unknown_name(f"The report says that {latin} was there.", pool) is None


@pytest.mark.parametrize(
    ("claim", "unknown"),
    [
        ("Then Lavrov arrived.", "lavrov"),
        ("Gerhard Schroeder arrived.", "gerhard"),
        ("The Turkish army was there.", None),
        ("قال اللواء شاكيروف ذلك.", "شاكيروف"),
        ("سردار کریموف آنجا بود.", "كريموف"),
        ("باقری به ترکیه رفت.", None),
        ("He went to Russia, says Bagheri.", None),
        ("سافر باقري إلى روسيا.", None),
        ("باقری به روسیه رفت.", None),
        ("قال الرئيس الروسي ذلك.", None),
        ("Major General Bagheri, Chief of the General Staff, met the Prime Minister.", None),
        ("Military Cooperation Between Moscow And Tehran", None),
        ("According to NATO and the UN, this is so.", None),
        ("On Monday, in October, Bagheri said so.", None),
        ("Bagheri's visit was long.", None),
    ],
)
def test_names_that_the_source_has_not(claim: str, unknown: str | None) -> None:
    pool = pool_of("زار اللواء محمد باقري العاصمة الروسية موسكو بعد طهران والتقى بالجيش التركي")
    assert unknown_name(claim, pool) == unknown


def test_a_letter_of_a_name_may_be_silent_not_two() -> None:
    assert unknown_name("Lavrov said that they agreed.", pool_of("قال إن الآراء متفقة")) == "lavrov"
    assert unknown_name("Lavrov said that they agreed.", pool_of("قال لافروف إنهم متفقون")) is None
    assert unknown_name("Javad said that they agreed.", pool_of("قال جواد إنهم متفقون")) is None
