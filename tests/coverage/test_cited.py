"""In what words a report says that it has its news from the article's own outlet, in many languages."""

import time

import pytest

from agent.coverage.origins.cited import cites_outlet_of
from agent.models import Article

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
    ],
)
def test_who_only_names_it_does_not(outlet: str, text: str) -> None:
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
