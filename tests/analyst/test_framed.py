"""What a text tells as a tale, a joke, an idea or a drill, or calls false in its next sentence, is no support."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.models import Stance

_CLAIMS = {
    "en": "Nine ships sank in the old harbour",
    "ar": "غرقت تسع سفن في المرفأ القديم",
    "fr": "Neuf bateaux ont coulé dans le vieux port",
    "fa": "نه کشتی در بندر کهنه غرق شد",
    "es": "Nueve barcos se hundieron en el puerto viejo",
    "tr": "Eski limanda dokuz gemi battı",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Contrary to reports that nine ships sank in the old harbour, the sea was calm."),
        ("en", "In the novel nine ships sank in the old harbour."),
        ("en", "The pilot laughed at the idea that nine ships sank in the old harbour."),
        ("en", "The drill simulated that nine ships sank in the old harbour."),
        ("en", "As an April fool the paper wrote that nine ships sank in the old harbour."),
        ("en", "Nine ships sank in the old harbour, according to a hoax that went around."),
        ("en", "Fewer than nine ships sank in the old harbour."),
        ("en", "Up to nine ships sank in the old harbour."),
        ("ar", "خلافاً لما قيل إن تسع سفن غرقت في المرفأ القديم، كان البحر هادئاً."),
        ("ar", "في الفيلم غرقت تسع سفن في المرفأ القديم."),
        ("ar", "سخر الربان من القول إن تسع سفن غرقت في المرفأ القديم."),
        ("ar", "تبحث الشرطة فيما إذا كانت تسع سفن غرقت في المرفأ القديم."),
        ("fr", "Intox : neuf bateaux ont coulé dans le vieux port."),
        ("fr", "Dans le roman, neuf bateaux ont coulé dans le vieux port."),
        ("fa", "در فیلم نه کشتی در بندر کهنه غرق شد."),
        ("es", "En la película nueve barcos se hundieron en el puerto viejo."),
        ("tr", "Eski limanda dokuz gemi batabilirdi."),
        ("tr", "Filmde eski limanda dokuz gemi battı."),
    ],
)
def test_what_is_no_news_supports_nothing(language: str, text: str) -> None:
    assert stance_of(_CLAIMS[language], text, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(
    ("language", "told", "not_so"),
    [
        ("en", "A post says nine ships sank in the old harbour.", "But this is not true"),
        ("ar", "يقول منشور إن تسع سفن غرقت في المرفأ القديم.", "هذا غير صحيح"),
        ("fr", "Un message dit que neuf bateaux ont coulé dans le vieux port.", "C'est faux"),
        ("fa", "پستی می‌گوید نه کشتی در بندر کهنه غرق شد.", "این دروغ است"),
        ("es", "Un mensaje dice que nueve barcos se hundieron en el puerto viejo.", "No es cierto"),
        ("tr", "Bir paylaşıma göre eski limanda dokuz gemi battı.", "Bu doğru değil"),
    ],
)
def test_what_the_next_sentence_calls_false_is_contradicted_in_both_their_words(
    language: str, told: str, not_so: str
) -> None:
    text = f"{told} {not_so}."
    found = stance_of(_CLAIMS[language], text, language)
    assert found.stance is Stance.CONTRADICTS
    assert found.quote in text
    assert found.quote.endswith(not_so)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nine ships sank in the old harbour. The quay was old."),
        ("en", "At least nine ships sank in the old harbour."),
        ("en", "The pilot said nine ships sank in the old harbour. It is false to say that he knew."),
        ("en", "The pilot said nine ships sank in the old harbour. That is not true of the ferry."),
        ("en", "Contrary to the forecast it rained. Nine ships sank in the old harbour."),
        ("ar", "قال الربان إن تسع سفن غرقت في المرفأ القديم. الرصيف قديم."),
        ("fr", "Neuf bateaux ont coulé dans le vieux port, dit le pilote. Le quai est vieux."),
        ("fa", "ناخدا گفت نه کشتی در بندر کهنه غرق شد."),
        ("es", "El simulacro fue el martes. Nueve barcos se hundieron en el puerto viejo."),
        ("tr", "Kaptan, eski limanda dokuz gemi battı dedi."),
    ],
)
def test_plain_news_beside_such_words_is_support(language: str, text: str) -> None:
    assert stance_of(_CLAIMS[language], text, language).stance is Stance.SUPPORTS
