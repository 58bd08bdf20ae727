"""The plugin's words: all of them in Arabic and French, and packed so that WordPress finds them. Needs no PHP."""

import gettext
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

PLUGIN = Path(__file__).parents[2] / "integrations/wordpress/isnad"
LOCALES = ("ar", "fr_FR")
_CALLS = re.compile(
    r"""\b(?:__|_e|esc_html__|esc_attr__|_n)\(\s*(?P<quote>['"])(?P<first>.*?)(?<!\\)(?P=quote)"""
    r"""(?:,\s*'(?P<second>[^']*)',\s*[^,]+)?,\s*'isnad'"""
)
_PLACEHOLDER = re.compile(r"%(?:\d\$)?[sd]")


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("packed")
    build = [sys.executable, str(PLUGIN.parent / "build.py"), str(folder)]
    subprocess.run(build, check=True, capture_output=True)
    return zipfile.ZipFile(folder / "isnad.zip")


def _used() -> set[str]:
    sources = [*PLUGIN.glob("includes/*.php"), *PLUGIN.glob("assets/*.js")]
    return {found["first"] for path in sources for found in _CALLS.finditer(path.read_text("utf-8"))}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_is_translated_with_its_placeholders(locale: str) -> None:
    with (PLUGIN / f"languages/isnad-{locale}.po").open("rb") as told:
        catalog = read_po(told, locale=locale)
    messages = {(one.id if isinstance(one.id, str) else one.id[0]): one for one in catalog if one.id}
    assert set(messages) == _used()
    for words, message in messages.items():
        for translated in [message.string] if isinstance(message.string, str) else message.string or [""]:
            assert translated
            assert sorted(_PLACEHOLDER.findall(translated)) == sorted(_PLACEHOLDER.findall(words))


def test_the_template_has_the_same_words() -> None:
    with (PLUGIN / "languages/isnad.pot").open("rb") as told:
        assert {(one.id if isinstance(one.id, str) else one.id[0]) for one in read_po(told) if one.id} == _used()


def test_gettext_reads_what_is_packed(packed: zipfile.ZipFile) -> None:
    french = gettext.GNUTranslations(io.BytesIO(packed.read("isnad/languages/isnad-fr_FR.mo")))
    assert french.gettext("Contested") == "Contestée"
    assert french.ngettext("%s contested", "%s contested", 2) == "%s contestées"
    arabic = gettext.GNUTranslations(io.BytesIO(packed.read("isnad/languages/isnad-ar.mo")))
    assert arabic.ngettext("%d independent origin", "%d independent origins", 2) == "أصلان مستقلان (%d)"


def test_the_scripts_words_are_packed_for_each_script_that_asks(packed: zipfile.ZipFile) -> None:
    asking = {
        name
        for path in PLUGIN.glob("includes/*.php")
        for name in re.findall(r"wp_set_script_translations\( '([^']+)'", path.read_text("utf-8"))
    }
    assert asking
    for locale in LOCALES:
        for name in asking:
            told = json.loads(packed.read(f"isnad/languages/isnad-{locale}-{name}.json"))
            assert told["locale_data"]["isnad"]["Contested"] != ["Contested"]


def test_the_same_sources_make_the_same_zip(packed: zipfile.ZipFile, tmp_path: Path) -> None:
    build = [sys.executable, str(PLUGIN.parent / "build.py"), str(tmp_path)]
    subprocess.run(build, check=True, capture_output=True)
    assert packed.filename is not None
    assert (tmp_path / "isnad.zip").read_bytes() == Path(packed.filename).read_bytes()
