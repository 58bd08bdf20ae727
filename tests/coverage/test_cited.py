"""In what words a report says that it has its news from the article's own outlet, in many languages."""

import time

import pytest

from agent.coverage.origins.cited import (
    cites_names,
    cites_outlet_of,
    goes_on,
    names_of_agency,
    names_of_outlet,
    only_quoted,
    rests_on_outlet_of,
    retells_outlet_of,
    tells_from_outlet_of,
)
from agent.models import Article, Document

_POST, _COURRIER, _FARO, _ZEITUNG = "Harbour Post", "Courrier du Port", "El Faro de Ébana", "Hafen-Zeitung"
_LIMAN, _BANDAR, _MARFA = "Liman Postası", "روزنامه بندر نو", "صحيفة المرفأ"


@pytest.mark.parametrize(
    ("outlet", "text"),
    [
        (_POST, "Per Harbour Post reporting, the quay opens."),
        (_POST, "The quay opens, Harbour Post's reporter at the scene writes."),
        (_POST, "The quay opens. H/T Harbour Post."),
        (_POST, "The quay opens, the mayor said on Monday to the Harbour Post."),
        (_POST, "The quay opens. Credit: Harbour Post"),
        (_POST, "The quay opens. (via @harbourpost)"),
        (_POST, "The quay opens. Read more at www.harbourpost.example/quay."),
        (_POST, "The quay opens, according to the Post."),
        ("Guardian", "The quay opens. (@guardian)"),
        (_POST, "The quay opens, the Post reported."),
        (_COURRIER, "Le quai ouvre, rapporte le Courrier du Port."),
        (_COURRIER, "Selon le Courrier du Port, le quai ouvre."),
        (_COURRIER, "Le quai ouvre, a déclaré le maire au Courrier du Port."),
        (_COURRIER, "Le quai ouvre (avec le Courrier du Port)."),
        (_COURRIER, "D’après nos confrères du « Courrier du Port », le quai ouvre."),
        (_COURRIER, "Le quai ouvre, apprend-on dans les colonnes du Courrier du Port."),
        (_COURRIER, "Interrogé par le Courrier du Port, le maire dit que le quai ouvre."),
        ("Le Courrier du Port", "Le maire a confirmé lundi au Courrier du Port que le quai ouvre."),
        (_FARO, "El muelle abre, según El Faro de Ébana."),
        (_FARO, "El muelle abre, dijo el alcalde al diario El Faro de Ébana."),
        (_FARO, "El muelle abre, informa El Faro de Ébana."),
        (_FARO, "En entrevista con El Faro de Ébana, el alcalde dijo que el muelle abre."),
        (_ZEITUNG, "Der Kai öffnet, wie die Hafen-Zeitung berichtet."),
        (_ZEITUNG, "Der Kai öffnet, sagte der Bürgermeister der „Hafen-Zeitung“."),
        (_ZEITUNG, "Laut Hafen-Zeitung öffnet der Kai."),
        (_ZEITUNG, "Der Hafen-Zeitung zufolge öffnet der Kai."),
        ("Gazzetta del Molo", "Il molo apre, ha detto il sindaco alla Gazzetta del Molo."),
        ("Jornal do Cais", "O cais abre, segundo o Jornal do Cais."),
        (_LIMAN, "Liman Postası'na göre rıhtım açılıyor."),
        (_LIMAN, "Liman Postası'na konuşan başkan, rıhtımın açılacağını söyledi."),
        (_LIMAN, "Liman Postası gazetesinin haberine göre rıhtım açılıyor."),
        (_BANDAR, "به نوشتهٔ روزنامهٔ بندر نو، اسکله باز می‌شود."),
        (_BANDAR, "شهردار به بندر نو گفت اسکله باز می‌شود."),
        (_BANDAR, "بندر نو گزارش داد که اسکله باز می‌شود."),
        (_MARFA, "يفتح الرصيف، بحسب ما أوردته صحيفة المرفأ."),
        (_MARFA, "يفتح الرصيف، وفق ما نشرته المرفأ."),
        (_MARFA, "قال المحافظ لصحيفة المرفأ إن الرصيف يفتح."),
        ("البيان", "يفتح الرصيف، بحسب ما نشرته البيان."),
        ("البيان", "قالت صحيفة البيان إن الرصيف يفتح."),
        ("The Guardian", "The quay opens. (via @guardian)"),
        ("The Guardian", "The quay opens. More: guardian.example/quay"),
        ("taz", "Der Kai öffnet, berichtet die taz."),
        ("Портовый вестник", "Как пишет «Портовый вестник», причал откроется."),
        (_POST, "The Harbour Post building is red. The quay opens, the Harbour Post reported."),
        (_POST, "the quay opens, the harbour post reported."),
        ("Harbour Tribune", "The quay opens, the Tribune reported."),
        ("The Times", "Times reported that the quay opens."),
        ("The Times", "Yesterday evening Times reported that the quay opens."),
        ("The Times", "The quay opens, the mayor told the Times."),
        ("The Observer", "The quay opens, the Guardian reported."),
        ("Taz", "der kai öffnet, berichtet die taz."),
        (_FARO, "En entrevista con Faro de Ébana, el alcalde dijo que el muelle abre."),
        ("الاتحاد", "أفاد «الاتحاد» بأن الرصيف يفتح."),
        ("الاتحاد", "قال المحافظ للاتحاد إن الرصيف يفتح."),
        ("البيان", "أفادت البيان بأن الرصيف يفتح."),
        ("الجزيرة", "بحسب الجزيرة يفتح الرصيف."),
    ],
)
def test_who_has_it_from_the_articles_outlet_says_so(outlet: str, text: str) -> None:
    assert cites_outlet_of(Article(text="x", outlet=outlet), text)


def test_an_address_of_the_articles_site_leads_to_it() -> None:
    article = Article(text="x", outlet="Ledger", url="https://www.ledger.example/quay")
    assert cites_outlet_of(article, "The quay opens. More: https://ledger.example/a/b")
    assert not cites_outlet_of(article, "The quay opens. More: https://oldledger.example/a/b")


def test_where_anybody_publishes_an_address_leads_to_nobody() -> None:
    article = Article(text="x", outlet="Ledger", url="https://t.me/ledger/7")
    assert not cites_outlet_of(article, "The quay opens. More: https://t.me/pilots")


@pytest.mark.parametrize(
    ("outlet", "text"),
    [
        (_POST, "The quay opens, according to the post of the mayor."),
        (_POST, "The harbour postcard shows that the quay opens, the Postal Union reported."),
        (_POST, "The quay near the Harbour Post building opens."),
        ("Post", "The quay opens, according to the Postal Union."),
        ("Guardian", "The guardian of the children saw the quay open."),
        (_COURRIER, "Le siège du Courrier du Port est proche du quai."),
        (_COURRIER, "Le quai ouvre, a déclaré le maire au Courrier de la Baie."),
        (_FARO, "Desde el faro de Ébana se ve el muelle."),
        (_ZEITUNG, "Das Haus der Hafen-Zeitung steht am Kai."),
        (_LIMAN, "Liman Postası binası rıhtımın yanında."),
        (_MARFA, "يقع مبنى صحيفة المرفأ قرب الجسر."),
        (_MARFA, "انتشرت القوات في المرفأ يوم الاثنين."),
        (_BANDAR, "کشتی‌ها به بندر نو رفتند."),
        ("The Independent", "The quay opens, according to the independent inquiry."),
        ("The Guardian", "The quay opens, the mayor told the Guardian Council."),
        ("The Guardian", "The quay opens, says the guardian of the pier."),
        ("The Times", "The quay opens, the Irish Times reported."),
        ("La Croix", "Le quai ouvre, selon la Croix-Rouge."),
        ("Le Temps", "Il est tard. Le temps indique que le quai ouvre."),
        ("البيان", "أفاد البيان بأن الرصيف يفتح."),
        ("الاتحاد", "أفاد الاتحاد الأوروبي بأن الرصيف يفتح."),
        ("ایران", "رئیس‌جمهور گفت ایران گزارش داد که اسکله باز می‌شود."),
        (_POST, "The mayor rejected a report by the Harbour Post, and said the quay opens."),
        (_POST, "the quay opens, according to the post."),
        (_POST, "The Post office is closed; the quay opens, according to the post."),
        (_POST, "The Post office is closed; the quay opens, according to the mayor."),
        ("Harbour Sheet", "The quay opens, the Sheet reported."),
        ("Le Quai", "Le quai ouvre (@lequai)."),
        ("The Times", "Irish Times reported that the quay opens."),
        ("The Times", "The mayor told the Daily Times that the quay opens."),
        ("الاتحاد", "قال المحافظ للاتحاد الوطني إن الرصيف يفتح."),
        ("الواحة", "قالت الواحة إن الرصيف يفتح."),
        (None, "The quay opens, according to the mayor."),
        ("—", "The quay opens, according to the mayor."),
        ("Bay Mail", "The quay opens. (@baymail)"),
        ("Портовый вестник", "Причал откроется. (@портовыйвестник)"),
        ("بيان", "قال المحافظ للبيان إن الرصيف يفتح."),
    ],
)
def test_who_only_names_it_does_not(outlet: str | None, text: str) -> None:
    assert not cites_outlet_of(Article(text="x", outlet=outlet), text)


@pytest.mark.parametrize(
    "unit",
    [
        "said to the ",
        "a declare ",
        "harbour post ",
        "بحسب ما ",
        "the Post ",
        "told the a ",
        "according to the Agency of the ",
        "نفى ما ",
    ],
)
def test_hostile_texts_are_searched_in_little_time(unit: str) -> None:
    article = Article(text="x", outlet=_POST)
    began = time.process_time()
    cites_outlet_of(article, "Harbour Post " + unit * (50_000 // len(unit)))
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("outlet", "names"),
    [
        ("El Faro de Ébana", {"el faro de ebana", "faro de ebana"}),
        ("The Times", {"the times", "times"}),
        ("Le La Vigie du Nord", {"le la vigie du nord", "la vigie du nord"}),
        ("Le Quai", {"le quai"}),
        ("Le Port Neuf", {"le port neuf", "port neuf"}),
        ("AB", {"ab"}),
        ("Q", set()),
        (None, set()),
    ],
)
def test_how_an_outlet_is_named(outlet: str | None, names: set[str]) -> None:
    assert names_of_outlet(outlet) == names


def test_how_an_agency_is_named() -> None:
    assert {"anadolu ajansı", "anadolu ajansi", "aa"} <= names_of_agency("anadolu")
    assert {"associated press", "ap"} <= names_of_agency("ap")
    assert names_of_agency("nobody") == frozenset()


def test_a_name_without_capitals_is_one_where_it_is_written_so() -> None:
    told = "Der Kai öffnet, berichtet die taz."
    assert cites_names(frozenset({"taz"}), told, small=True)
    assert not cites_names(frozenset({"taz"}), told)
    assert not cites_names(frozenset(), told)


@pytest.mark.parametrize(
    ("name", "text", "only"),
    [
        ("وحدات الميناء", "وقالت «وحدات الميناء» بأن الرصيف يفتح", True),
        ("الميناء", "«الميناء» تقول إن الرصيف يفتح", True),
        ("Bay Watch", '"Bay Watch" said the quay opens', True),
        ("الميناء", "قالت صحيفة «الميناء» إن الرصيف يفتح", False),
        ("الميناء", "صحيفة «الميناء» تقول إن الرصيف يفتح", False),
        ("الميناء", "نشرت «الميناء» أن الرصيف يفتح", False),
        ("الميناء", "قالت الميناء إن الرصيف يفتح", False),
        ("الميناء", "نشرت اليوم صور كثيرة من كل أنحاء المدينة القديمة وقالت «الميناء» إن الرصيف يفتح", True),
    ],
)
def test_whether_nothing_but_quotes_sets_a_name_apart(name: str, text: str, only: bool) -> None:
    assert only_quoted(name, text) is only


@pytest.mark.parametrize(("between", "only"), [(35, False), (36, True)])
def test_what_prints_stands_in_the_forty_characters_before_a_name(between: int, only: bool) -> None:
    assert only_quoted("الميناء", f"نشر {'ا' * between} «الميناء» أن الرصيف يفتح") is only


@pytest.mark.parametrize(("length", "cited"), [(50_000, True), (50_001, False)])
def test_of_a_very_long_text_the_first_50_000_characters_are_read(length: int, cited: bool) -> None:
    told = " Harbour Post reported"
    text = ("so on " * 9000)[: length - len(told)] + told
    assert cites_outlet_of(Article(text="x", outlet=_POST), text) is cited


def test_whoever_was_named_before_goes_on() -> None:
    assert goes_on("The agency said the quay opens.")
    assert not goes_on("The quay opens.")


@pytest.mark.parametrize(
    ("outlet", "text", "retold"),
    [
        ("Le Quai", "Le Quai leads on the quays.", True),
        ("Le Quai", "Other news.\nLe Quai leads on the quays.", True),
        ("Le Quai", "le quai leads on the quays.", False),
        ("Le Quai", "Today Le Quai leads on the quays.", False),
        ("Le Quai", "Le Bac leads on the quays.", False),
        (_POST, "The Harbour Post leads on the quays.", True),
        (_POST, "Harbour Post: the quay opens.", True),
        (_POST, "Per today's “Harbour Post” the quay opens.", True),
        (_POST, "We have seen in the “Harbour Post” that the quay opens.", False),
        ("Ledger", "The “Ledger” leads on the quays.", True),
        ("Ledger", "Ledger leads on the quays.", False),
        ("The Harbour Post", "Harbour Post leads on the quays.", True),
        (_POST, "Harbour post leads on the quays.", False),
        ("Ledger", "The Ledger leads on the quays.", False),
        (_POST, "\n" * 59 + "Harbour Post: the quay opens.", True),
        (_POST, "\n" * 60 + "Harbour Post: the quay opens.", False),
        (_POST, "x" * 145 + " “Harbour Post” has it.", True),
        (_POST, "x" * 146 + " “Harbour Post” has it.", False),
        (None, "Harbour Post: the quay opens.", False),
    ],
)
def test_a_paragraph_that_begins_with_the_outlet_retells_it(outlet: str | None, text: str, retold: bool) -> None:
    article = Article(text="x", outlet=outlet)
    assert retells_outlet_of(article, text) is retold


@pytest.mark.parametrize("text", ["Harbour Post leads on the quays.", "The quay opens, the Harbour Post reported."])
def test_who_retells_it_tells_from_it_as_who_cites_it_does(text: str) -> None:
    assert tells_from_outlet_of(Article(text="x", outlet=_POST), text)
    assert not tells_from_outlet_of(Article(text="x", outlet="Bay Mail"), text)


def test_who_signs_as_the_articles_outlet_rests_on_it() -> None:
    article = Article(text="x", outlet="La Vigie Australe")
    signed = Document.of(
        "يفتح الرصيف صباح الاثنين، وتعود المراكب إلى الميناء القديم.\n(لا فيجي أوسترال)", language="ar"
    )
    assert rests_on_outlet_of(article, signed)
    assert not rests_on_outlet_of(Article(text="x", outlet="Harbour Post"), signed)
