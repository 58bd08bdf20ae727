"""Who says a quotation that stands before him, and what the sentence goes on with behind him."""

import pytest

from tests.analyst.lexical_text import told_in


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "“The quay is safe,” insisted the pilot, who asked not to be named.", [("The quay is safe", "pilot")]),
        ("en", "“The quay is safe,” said the pilot, speaking on condition of anonymity.",
         [("The quay is safe", "pilot")]),
        ("en", "“The quay is safe,” said the pilot, adding that the ferry sank.",
         [("The quay is safe", "pilot"), ("the ferry sank", "pilot")]),
        ("en", "“The quay,” said the pilot, “is safe.”", [("The quay,” said the pilot, “is safe", "pilot")]),
        ("en", "The lamps, according to the pilot, were out.",
         [("The lamps, according to the pilot, were out", "pilot")]),
        ("ar", "«الرصيف آمن»، قال الربان، مضيفاً أن العبارة غرقت.",
         [("الرصيف آمن", "الربان"), ("العبارة غرقت", "الربان")]),
        ("ar", "«الرصيف آمن»، هكذا قال الربان.", [("الرصيف آمن", "الربان")]),
        ("ar", "«لن نغادر»، قال الربان، «قبل نهاية العام».",
         [("لن نغادر", "الربان"), ("قبل نهاية العام", "الربان")]),
        ("ar", "وأكد مصدر أمني رفض الكشف عن هويته أن الرصيف آمن.", [("الرصيف آمن", "مصدر أمني")]),
        ("fr", "Le quai est sûr, a assuré lundi la pilote en chef, Mme Durand.",
         [("Le quai est sûr", "Mme Durand")]),
        ("fr", "Le quai est sûr, a dit le pilote ; le syndicat parle de danger.",
         [("Le quai est sûr", "le pilote"), ("le syndicat parle de danger", None)]),
        ("fr", "Le quai est sûr, a dit le pilote, qui a requis l'anonymat.", [("Le quai est sûr", "le pilote")]),
        ("es", "El muelle es seguro, según explicó la ingeniera jefe.",
         [("El muelle es seguro", "la ingeniera jefe")]),
        ("es", "El muelle es seguro, dijo el lunes el piloto.", [("El muelle es seguro", "el piloto")]),
    ],
)  # fmt: skip
def test_what_stands_before_and_behind_who_speaks(
    language: str, text: str, told: list[tuple[str, str | None]]
) -> None:
    found = [(one.draft.quote, one.draft.attribution.speaker) for one in told_in(text, language)]
    assert found == told
