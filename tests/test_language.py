import subprocess
import sys

import pytest

from agent.language import detect_language


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


def test_the_main_script_decides_where_names_stand_in_another() -> None:
    assert detect_language("أعلنت شركة Example Shipping أن السفينة Star غادرت الميناء هذا الصباح") == "ar"


def test_common_texts_are_settled_without_loading_the_model() -> None:
    code = (
        "import sys; from agent.language import detect_language as d;"
        "print(d('قال الوزير إن الاتفاق جاهز'), d('The minister said that the deal was ready by now'),"
        "'py3langid' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_root())
    assert told.stdout.split() == ["ar", "en", "False"]


def _root() -> str:
    from pathlib import Path

    return str(Path(__file__).parents[1])
