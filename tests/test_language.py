import json
import subprocess
import sys
from pathlib import Path

import pytest

from agent.analyst.lexical.profile import profile
from agent.coverage.intake.metadata import document
from agent.coverage.intake.reading import read_coverage
from agent.models import Document
from agent.text.language import detect_language, language_of, likely_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قال وزير الخارجية إن المفاوضات مستمرة في فيينا", "ar"),
        ("لا نغادر سوريا", "ar"),
        ("وزیر خارجه گفت که مذاکرات در وین ادامه دارد", "fa"),
        ("وزیر اعظم نے کہا کہ حکومت یہ فیصلہ واپس نہیں لے گی", "ur"),
        ("The minister said that talks would go on in the morning", "en"),
        ("Le président de la République a signé le décret ce matin", "fr"),
        ("Путин приказал начать вывод войск", "ru"),
        ("Президент України сказав що рішення прийнято", "uk"),
        ("首相は今日、発表しました", "ja"),
        ("总统今天宣布撤军计划", "zh"),
        ("대통령은 오늘 발표했다", "ko"),
        ("ראש הממשלה אמר היום", "he"),
    ],
)
def test_the_language_of_a_text_is_told(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "12 345", "😀😀😀", "ok", "asdf qwer zxcv", "سلام hello привет"])
def test_too_little_or_too_mixed_is_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


@pytest.mark.parametrize(
    "headline",
    [
        "Trump wins",
        "Goal!",
        "Iran nuclear deal",
        "Paris brûle",
        "Update",
        "سوريا",
        "حرب غزة",
        "قیمت دلار",
        "زلزله تهران",
        "Live",
    ],
)
def test_a_headline_that_is_too_short_to_tell_is_undetermined(headline: str) -> None:
    assert detect_language(headline) == "und"


@pytest.mark.parametrize(
    "text",
    [
        "el ra2ees 2al enno el 7okooma mosh hat3'ayyar el qarar da abadan",
        "wazir al kharijiya qala inna al mufawadat mustamirra fi vienna",
        "Pakistan ke wazir kharja ne kaha hai ke mulk mein amn qaim kiya jaye ga aur awam ko tahaffuz diya jaye ga",
        "vazir kharejeh iran ruz doshanbeh az tehran be vian raft ta ba hamtayan khod didar konad",
        "Pradhan Mantri ne kaha ki sarkar kisano ke saath hai aur kanoon wapas liye jayenge",
    ],
)
def test_what_is_written_in_the_letters_of_another_language_is_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("رئیس جمهور استعفا داد", "fa"),
        ("حمله موشکی ایران", "fa"),
        ("کراچی میں بارش", "ur"),
        ("سیلاب سے 17 افراد ہلاک", "ur"),
        ("لە هەولێر کۆبوونەوەیەک کرا", "ckb"),
        ("کابل کې چاودنه", "ps"),
        ("إسرائيل تقصف غزة", "ar"),
        ("Yeli ikhansela lithe abantu bayakwazi ukuthi umgwaqo uvaliwe futhi kanye nezimoto azikho", "zu"),
        ("Landeskirche will die Gebäude bis zum Sommer schließen und verkaufen", "de"),
    ],
)
def test_languages_that_share_letters_are_told_apart(text: str, language: str) -> None:
    assert detect_language(text) == language


_ARABIC = "أعلنت خدمة الإنقاذ صباح الخميس أن فيضانات نهر اللود قتلت سبعة عشر شخصا في خمس بلدات من الوادي ليل الأربعاء"
_PERSIAN = (
    "سازمان امداد صبح پنجشنبه اعلام کرد که سیل رودخانه در پنج شهر این دره هفده نفر را کشته است و از ساکنان خواست که"
    " خانه‌های خود را ترک کنند"
)
_FRENCH = (
    "Les inondations de la rivière ont tué dix-sept personnes dans cinq villes de la vallée mercredi soir, ont"
    " annoncé les secours, et quatre cents maisons sont sans eau depuis le matin"
)


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [
        (_ARABIC, "en", "ar"),
        (_ARABIC, "en-US", "ar"),
        (_PERSIAN, "ar", "fa"),
        (_FRENCH, "en-GB", "fr"),
        (_FRENCH, "ar", "fr"),
        ("Le port du nord a été fermé jeudi après la chute d'une grue", "en", "fr"),
        ("Kuzey limanı perşembe günü bir vincin devrilmesinin ardından kapatıldı, yönetim açıkladı", "en-US", "tr"),
        ("Der Hafen wurde am Donnerstag geschlossen, nachdem ein Kran umgestürzt war", "en", "de"),
        ("The harbour of the town was closed on Thursday after a crane fell", "fr", "en"),
        ("Die Stones: „Sympathy for the Devil“ und „Paint It Black“, so klingt der Abend", "de", "de"),
        (_ARABIC, "ar-EG", "ar-EG"),
        (_FRENCH, "fr-CA", "fr-CA"),
        (_FRENCH, None, "fr"),
        (_FRENCH, "und", "fr"),
        ("سوريا", "en", "und"),
        ("Trump wins", "en", "en"),
        ("Gol de Messi", "es", "es"),
        ("Der Hafen", "de", "de"),
        ("Wazir-e-azam ne kaha ke hukumat yeh faisla wapas nahi le gi", "ur", "ur"),
        ("Li Amedê di encama teqînê de pênc kes mirin û deh kes birîndar bûn", "ku", "ku"),
        ("Nordmannen ble funnet i London, og politiet sier at de vet hvem som gjorde det i går kveld", "nb", "nb"),
    ],
)
def test_a_text_is_believed_before_what_is_told_of_it(text: str, told: str | None, language: str) -> None:
    assert language_of(text, told) == language


def test_whatever_tells_a_language_is_held_against_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f'<html lang="en"><body><article><p>{_ARABIC}.</p></article></body></html>')
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": _ARABIC, "language": "en"}))
    (tmp_path / "c.json").write_text(
        json.dumps({"uri": "urn:bay:1", "versioncreated": "2024-03-14", "language": "en", "body_text": _ARABIC})
    )
    (tmp_path / "d.xml").write_text(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>B</title>'
        "<language>en-us</language><item><title>T</title><link>https://bay.example/1</link>"
        f"<content:encoded>{_ARABIC}.</content:encoded></item></channel></rss>"
    )
    read = [item for item in read_coverage([tmp_path]) if isinstance(item, Document)]
    assert [one.language for one in read] == ["ar", "ar", "ar", "ar"]


def test_a_code_is_read_in_either_way_of_writing_it() -> None:
    items = [item for item in document("x", None, _FRENCH, language="fr_CA") if isinstance(item, Document)]
    assert [one.language for one in items] == ["fr-CA"]


def test_the_analyst_takes_the_likeliest_language_of_a_script() -> None:
    assert detect_language("مقتل 17 شخصا") == "und"
    assert likely_language("مقتل 17 شخصا") == profile("und", "مقتل 17 شخصا") == "ar"


def test_the_main_script_decides_where_names_stand_in_another() -> None:
    assert detect_language("أعلنت شركة Example Shipping أن السفينة Star غادرت الميناء هذا الصباح") == "ar"


def test_common_texts_are_settled_without_loading_the_model() -> None:
    code = (
        "import sys; from agent.text.language import detect_language as d;"
        "print(d('قال الوزير إن الاتفاق جاهز'), d('The minister said that the deal was ready by now'),"
        "'py3langid' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_root())
    assert told.stdout.split() == ["ar", "en", "False"]


def test_an_english_text_with_few_of_its_commonest_words_is_believed_without_a_model() -> None:
    text = (
        "A first group of warplanes left the base on Tuesday morning, escorted to the border. State television "
        "showed crews saluting, flags waving and priests blessing pilots. Eleven have left already, officials said."
    )
    code = (
        "import sys; from agent.text.language import language_of as l;"
        f"print(l({text!r}, 'en'), l({text!r}, 'en-GB'), 'py3langid' in sys.modules, l({text!r}, None))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_root())
    assert told.stdout.split() == ["en", "en-GB", "False", "en"]


def test_some_words_of_english_make_no_english_text() -> None:
    text = (
        "Le président a signé le décret ce matin dans la cour du palais, après des semaines de discussions avec "
        "les syndicats, qui ont promis « the best of the best », une journée de grève dans tout le pays en avril."
    )
    assert language_of(text, "en") == "fr"


def _root() -> str:
    return str(Path(__file__).parents[1])
