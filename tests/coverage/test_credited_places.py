"""Where credits stand, in the languages that outlets write in: and what looks like one and is none."""

from pathlib import Path

import pytest

from agent.coverage.origins.agencies import houses
from agent.coverage.origins.roots import Root, root_of
from agent.models import Article, Document, Provenance

BODY = (
    "The second quay was closed on Thursday after a storm tore two cranes from their rails, the harbour office said."
)
SHEET = "outlet:evening sheet"


def _root(text: str = BODY, *, author: str | None = None, credits: tuple[str, ...] = ()) -> str | None:
    told = Document.of(text, author=author, outlet="Evening Sheet", provenance=Provenance(credits=credits))
    root = root_of(told)
    return root.id if root else None


@pytest.mark.parametrize(
    ("author", "root"),
    [
        ("Le Quai avec Reuters", "agency:reuters"),
        ("La rédaction avec l'AFP", "agency:afp"),
        ("Par AFP", "agency:afp"),
        ("Jane Quay for Reuters", "agency:reuters"),
        ("By Jane Quay for Reuters", "agency:reuters"),
        ("Von Max Kai, dpa", "agency:dpa"),
        ("HP mit dpa", "agency:dpa"),
        ("dpa/afp", "agency:dpa"),
        ("Redacción con EFE", "agency:efe"),
        ("Liman Haber, AA", "agency:anadolu"),
        ("Haber: DHA", "agency:dha"),
        ("İHA", "agency:iha"),
        ("İhlas Haber Ajansı", "agency:iha"),
        ("Anadolu Ajansı", "agency:anadolu"),
        ("ایرنا", "agency:irna"),
        ("خبرگزاری ایسنا", "agency:isna"),
        ("المرفأ - رويترز", "agency:reuters"),
        ("د ب أ", "agency:dpa"),
        ("رويترز، بيروت", "agency:reuters"),
        ("Reuters/Northbank", "agency:reuters"),
        ("AFP -", "agency:afp"),
        ("STT–AFP", "agency:afp+stt"),
        ("HarbourPost-AFP", "agency:afp"),
        ("avec agences", "agency:any"),
        ("mit Agenturen", "agency:any"),
        ("con agencias", "agency:any"),
        ("Deutsche Presse-Agentur GmbH", "agency:dpa"),
        ("Bay News Agency", "outlet:bay"),
        ("Ada Pilot, via Bay Wire", "outlet:bay wire"),
        ("Jane Quay", SHEET),
        ("Efe Yılmaz", SHEET),
        ("Ana Belga", SHEET),
        ("Ada Pilot, harbour correspondent", SHEET),
        ("Redaktion", SHEET),
        ("Evening Sheet staff", SHEET),
        ("أحمد المرفأ", SHEET),
    ],
)
def test_a_by_line_in_any_language(author: str, root: str) -> None:
    assert _root(author=author) == root


@pytest.mark.parametrize(
    ("credit", "root"),
    [
        ("REUTERS", "agency:reuters"),
        ("ap", "agency:ap"),
        ("STT–AFP", "agency:afp+stt"),
        ("Reuters/Harbour Post", "agency:reuters"),
        ("Bay Wire", "outlet:bay wire"),
        ("The Guardian", "family:guardian"),
        ("الغارديان", "family:guardian"),
        ("Evening Sheet", SHEET),
        ("Ministry of Harbours", SHEET),
        ("Environment Agency", SHEET),
        ("وزارة النقل", SHEET),
    ],
)
def test_a_field_for_credits_names_whose_report_it_is(credit: str, root: str) -> None:
    assert _root(credits=(credit,)) == root


@pytest.mark.parametrize(
    ("opening", "root"),
    [
        ("NORTHBANK, 14 mars (AFP) - ", "agency:afp"),
        ("ISTANBUL (AA) - ", "agency:anadolu"),
        ("ANKARA, (DHA) - ", "agency:dha"),
        ("برلين (د ب أ) - ", "agency:dpa"),
        ("بيروت (أ ف ب) ـ ", "agency:afp"),
        ("بيروت ـ رويترز: ", "agency:reuters"),
        ("NORTHBANK, Reuters — ", "agency:reuters"),
        ("REUTERS, NORTHBANK - ", "agency:reuters"),
        ("Reuters/Northbank - ", "agency:reuters"),
        ("— Reuters — ", "agency:reuters"),
        ("Berlin (dpa/bb) - ", "agency:dpa"),
        ("Madrid, 14 mar (EFE).- ", "agency:efe"),
        ("ایرنا – تهران – ", "agency:irna"),
        ("به گزارش ایسنا، ", "agency:isna"),
        ("PORT TOWN (Bay Press) - ", "outlet:bay press"),
        ("PORT TOWN (STX) - ", "outlet:stx"),
        ("المرفأ ـ وكالة سهيل للأنباء\n", "outlet:سهيل"),
        ("بندر، خبرگزاری آونگ – ", "outlet:اونگ"),
        ("(via Bay Press) ", "outlet:bay press"),
        ("(عن مدى الجنوب) ", "outlet:مدي الجنوب"),
        ("By Bay News Agency\n", "outlet:bay"),
        ("BERLIN (Germany) - ", SHEET),
        ("PARIS (France) — ", SHEET),
        ("NORTHBANK (Update) - ", SHEET),
        ("LONDON (own correspondent) - ", SHEET),
        ("القدس (خاص) - ", SHEET),
        ("NORTHBANK (USA) - ", SHEET),
        ("Source: minister to resign\n", SHEET),
        ("Sources: Strand to quit\n", SHEET),
        ("مصدر: الوزيرة استقالت\n", SHEET),
    ],
)
def test_a_dateline_in_any_language(opening: str, root: str) -> None:
    assert _root(opening + BODY) == root


@pytest.mark.parametrize(
    ("opening", "root"),
    [
        ("According to Reuters, ", "agency:reuters"),
        ("Reuters reported on Thursday that ", "agency:reuters"),
        ("NORTHBANK - According to Reuters, ", "agency:reuters"),
        ("Selon Reuters, ", "agency:reuters"),
        ("Selon l'AFP, ", "agency:afp"),
        ("D'après l'agence Reuters, ", "agency:reuters"),
        ("Wie die dpa berichtet, ", "agency:dpa"),
        ("Laut dpa ", "agency:dpa"),
        ("Según informa la agencia EFE, ", "agency:efe"),
        ("Reuters'a göre ", "agency:reuters"),
        ("AA'nın haberine göre ", "agency:anadolu"),
        ("Poyraz Haber Ajansı'nın aktardığına göre ", "outlet:poyraz"),
        ("بحسب رويترز، ", "agency:reuters"),
        ("ذكرت وكالة سهيل أن ", "outlet:سهيل"),
        ("نقلا عن وكالة الأنباء الألمانية: ", "agency:dpa"),
        ("نقلاً عن وكالة «مدى الجنوب»، ", "outlet:مدي الجنوب"),
        ("به نقل از ایسنا، ", "agency:isna"),
        ("به گزارش روزنامه همشهری، ", "family:hamshahri"),
        ("بحسب صحيفة الغارديان، ", "family:guardian"),
        ("According to the Bay Herald, ", "outlet:bay herald"),
        ("Según cuenta el «Argus del Muelle», ", "outlet:argus del muelle"),
        ("Bay Press reports: ", "outlet:bay press"),
        ("According to the British newspaper The Guardian, ", "family:guardian"),
        ("Selon le quotidien britannique The Guardian, ", "family:guardian"),
        ("Wie die britische Zeitung The Guardian berichtet, ", "family:guardian"),
        ("Según el diario El País, ", "family:el-pais"),
        ("ذكرت صحيفة واشنطن بوست الأميركية أن ", "family:washington-post"),
        ("به گزارش روزنامه آمریکایی نیویورک تایمز، ", "family:new-york-times"),
        ("İngiliz The Guardian gazetesinin haberine göre ", "family:guardian"),
        ("Selon la police, ", SHEET),
        ("Selon Ola Strand, ", SHEET),
        ("Polise göre ", SHEET),
        ("Nach Angaben der Polizei ", SHEET),
        ("Según la policía, ", SHEET),
        ("بحسب الشرطة، ", SHEET),
        ("وفق مصدر أمني، ", SHEET),
        ("نقلاً عن مصدر أمني: ", SHEET),
        ("به گزارش پلیس، ", SHEET),
        ("به نقل از رئیس بندر، ", SHEET),
        ("According to Ola Strand, ", SHEET),
        ("ذكرت وزارة الداخلية أن ", SHEET),
        ("وكالة الطاقة الدولية قالت إن ", SHEET),
        ("According to the Environment Agency, ", SHEET),
        ("Selon l'Agence internationale de l'énergie, ", SHEET),
        ("Según la Agencia Espacial Europea, ", SHEET),
        ("بحسب وكالة حماية البيئة، ", SHEET),
        ("بحسب وكالة موديز، ", SHEET),
        ("بحسب هيئة الموانئ، ", SHEET),
        ("Avrupa Uzay Ajansı'nın aktardığına göre ", SHEET),
        ("According to Mail carriers, ", SHEET),
        ("The minister told Reuters on Thursday: ", SHEET),
        ("قال مصدر لوكالة رويترز إن ", SHEET),
        ("Reuters said on Thursday that it would close its office, and ", SHEET),
    ],
)
def test_a_report_that_opens_with_an_outlet_as_its_source_is_that_outlets_and_a_speaker_is_none(
    opening: str, root: str
) -> None:
    assert _root(opening + BODY) == root


@pytest.mark.parametrize(
    ("end", "root"),
    [
        (", according to Reuters.", "agency:reuters"),
        (", selon Reuters.", "agency:reuters"),
        ("، بحسب رويترز.", "agency:reuters"),
        (", Reuters reported.", "agency:reuters"),
        (", according to the mayor.", SHEET),
        (", as a Reuters photographer saw.", SHEET),
    ],
)
def test_a_source_at_the_end_of_the_first_sentence(end: str, root: str) -> None:
    assert _root(f"The second quay was closed after a storm{end} Nobody was hurt.") == root


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY} Reuters reported earlier that the minister had signed the order. The mayor denied it.",
        "Reuters reported on Thursday that the quay was closed. Our reporter saw two cranes on the mole.",
        "According to Reuters, the quay was closed. It will open on Monday, the master told the Evening Sheet.",
        "بحسب رويترز، أغلق الرصيف. وقال مدير المرفأ لصحيفتنا إن الرصيف سيفتح الاثنين.",
        "Selon Reuters, le quai est fermé. Notre correspondant a vu deux grues sur le môle.",
        "Reuters'a göre rıhtım kapandı. Muhabirimiz mendirekte iki vinç gördü.",
        "The quay was closed, three dockers told the Evening Sheet. Reuters reported that the minister had signed.",
    ],
)
def test_independent_reporting_that_cites_an_agency_stays_its_outlets_own(text: str) -> None:
    assert _root(text) == SHEET


@pytest.mark.parametrize(
    ("end", "root"),
    [
        ("Source : AFP", "agency:afp"),
        ("Sources: Reuters, AFP", "agency:afp+reuters"),
        ("via Reuters", "agency:reuters"),
        ("Quelle: dpa", "agency:dpa"),
        ("Fuente: EFE", "agency:efe"),
        ("Kaynak: Anadolu Ajansı", "agency:anadolu"),
        ("المصدر: وكالات", "agency:any"),
        ("المصدر : وكالات آخر الأخبار", "agency:any"),
        ("Source: AFP Factuel", "agency:afp"),
        ("Source: Reuters Institute", SHEET),
        ("منبع: خبرگزاری فارس", "agency:fars"),
        ("به نقل از ایرنا", "agency:irna"),
        ("عن وكالة رويترز", "agency:reuters"),
        ("(د ب أ)", "agency:dpa"),
        ("(Le Quai avec AFP)", "agency:afp"),
        ("Avec AFP", "agency:afp"),
        ("Mit Material von dpa", "agency:dpa"),
        ("Con información de Reuters y AFP", "agency:afp+reuters"),
        ("With reporting by Reuters", "agency:reuters"),
        ("© AFP 2024", "agency:afp"),
        ("Source: The Harbour Post", "outlet:harbour post"),
        ("Kaynak: Liman Gazetesi (İngilizceden çeviri)", "outlet:liman gazetesi"),
        ("Quelle: Hafenblatt", "outlet:hafenblatt"),
        ("المصدر: جريدة المرفأ", "outlet:المرفا"),
        ("منبع: روزنامه بندر", "outlet:بندر"),
        ("via Harbour Post", "outlet:harbour post"),
        ("Bay News Agency, via our partners (translated from French)", "outlet:bay"),
        ("(بويراز للأنباء، عن التركية)", "outlet:بويراز"),
        ("Source: Ministry of Health", SHEET),
        ("Source: author's calculations", SHEET),
        ("Source: familiar with the matter", SHEET),
        ("Quelle: eigene Recherche", SHEET),
        ("Kaynak: Sağlık Bakanlığı", SHEET),
        ("المصدر: وزارة الصحة", SHEET),
        ("Photo: AFP", SHEET),
        ("Crédit photo : AFP", SHEET),
        ("الصورة: رويترز", SHEET),
        ("(ends)", SHEET),
        ("(jd/hp)", SHEET),
        ("(Ola Strand)", SHEET),
        ("He spoke to the World Health Organization (WHO)", SHEET),
        ("With reporting by Jane Quay", SHEET),
        ("She works for Reuters.", SHEET),
        ("The survey was carried out by Bay Press.", SHEET),
        ("Via Rail runs no trains.", SHEET),
        ("Source: 220 harbours 2017", SHEET),
    ],
)
def test_a_closing_line_in_any_language(end: str, root: str) -> None:
    assert _root(f"{BODY}\nNobody was hurt.\n{end}") == root


@pytest.mark.parametrize(
    ("note", "root"),
    [
        ("First published in French by Le Quai.", "outlet:le quai"),
        (
            "This article was first published in French by Le Quai on 12 March 2024 and translated by Jane Quay.",
            "outlet:le quai",
        ),
        ("Originally published by Harbour Post under a free licence.", "outlet:harbour post"),
        ("This story originally appeared in the Harbour Post.", "outlet:harbour post"),
        ("This article originally appeared on harbourpost.example.", "outlet:harbourpost.example"),
        ("Republished with permission from Harbour Post.", "outlet:harbour post"),
        ("Reprinted with permission of the Harbour Post", "outlet:harbour post"),
        ("Translated from La Vigie australe.", "outlet:la vigie australe"),
        ("Translated from the Arabic service of Bay News Agency.", "outlet:bay"),
        ("Article initialement paru dans Le Quai", "outlet:le quai"),
        ("Publié initialement par Le Quai le 12 mars", "outlet:le quai"),
        ("Traduit du Harbour Post", "outlet:harbour post"),
        ("Dieser Artikel erschien zuerst im Hafenblatt.", "outlet:hafenblatt"),
        ("Publicado originalmente en inglés por Harbour Post", "outlet:harbour post"),
        ("Tomado de El Muelle", "outlet:el muelle"),
        ("ترجمة عن «هاربر بوست»", "outlet:هاربر بوست"),
        ("ترجمة عن صحيفة الغارديان", "family:guardian"),
        ("ترجمة عن صحيفة «لوموند» الفرنسية", "family:le-monde"),
        ("نقلاً عن صحيفة هاربر بوست الكندية", "outlet:هاربر بوست"),
        ("نقلاً عن وكالة المرفأ للأنباء", "outlet:المرفا"),
        ("نشر هذا المقال أولاً بالفرنسية في لوموند", "family:le-monde"),
        ("برگرفته از روزنامه بندر", "outlet:بندر"),
        ("İlk olarak Liman Postası'nda yayımlandı.", "outlet:liman postasi"),
        ("Liman Postası'ndan çevrilmiştir.", "outlet:liman postasi"),
        ("Courtesy of Harbour Post", "outlet:harbour post"),
        ("(from Vadi Gazetesi, in Turkish)", "outlet:vadi gazetesi"),
        ("Translated from the French by Jane Quay", SHEET),
        ("Translated from French", SHEET),
        ("(Traduit de l'anglais.)", SHEET),
        ("Traduit de l’anglais par Jeanne Quai", SHEET),
        ("ترجمة عن الفرنسية", SHEET),
        ("Published by Jane Quay", SHEET),
        ("Publié par Jeanne Quai", SHEET),
    ],
)
@pytest.mark.parametrize("first", [False, True])
def test_a_note_of_who_published_first(note: str, root: str, first: bool) -> None:
    assert _root(f"{note}\n{BODY}" if first else f"{BODY}\nNobody was hurt.\n{note}") == root


def test_a_report_of_nobody_credits_as_others_do() -> None:
    told = [Document.of(f"According to Reuters, {BODY}"), Document.of(f"According to the police, {BODY}")]
    assert [root and root.id for root in map(root_of, told)] == ["agency:reuters", None]


def test_a_study_that_was_published_first_elsewhere_is_no_credit() -> None:
    assert _root(f"The study was first published in the Lancet Voice on Monday. {BODY}") == SHEET
    assert _root(f"{BODY}\nThe photographs were originally published by the Bay Herald.") == SHEET


def test_notes_stand_above_and_below_what_else_stands_there() -> None:
    above = f"Quay two shut\nBy Jane Quay\nFirst published in French by Le Quai.\n{BODY}"
    below = f"{BODY}\nFirst published in French by Le Quai.\nMore on ports\nFollow us"
    assert [_root(above), _root(below)] == ["outlet:le quai", "outlet:le quai"]


def test_of_a_text_that_is_cut_for_looking_at_no_half_sentence_is_read() -> None:
    filler = "The harbour office said nothing more of it and the pilots waited in the roads. " * 9
    long = f"{BODY} {filler}She had that bag from the Bay Herald, which gave it away. {filler}"
    for cut in range(0, 120, 7):
        assert _root(long[: len(long) - cut]) == SHEET


def test_a_credited_outlet_is_named_as_it_is_written() -> None:
    told = Document.of(f"{BODY}\nترجمة عن صحيفة «مدى الجنوب»", outlet="Evening Sheet")
    accented = Document.of(f"{BODY}\nTranslated from Alizé Presse.", outlet="Evening Sheet")
    assert [root.name for one in (told, accented) if (root := root_of(one))] == ["مدى الجنوب", "Alizé Presse"]


def test_who_credits_its_own_outlet_credits_nobody_else() -> None:
    told = Document.of(f"PORT TOWN (The Bay Herald) — {BODY}", outlet="The Bay Herald")
    assert root_of(told) == Root(id="outlet:bay herald", name="The Bay Herald")


def test_an_article_credits_as_its_coverage_does() -> None:
    article = Article(text=f"{BODY}\nFirst published by Harbour Post.", outlet="Evening Sheet")
    root = root_of(article)
    assert root is not None
    assert (root.id, root.credited) == ("outlet:harbour post", True)


def test_the_documentation_counts_what_the_catalogue_holds() -> None:
    told = (Path(__file__).parents[2] / "docs" / "coverage.md").read_text("utf-8")
    assert f"{len(houses().agencies)} agencies and {len(houses().families)} houses" in told


def test_hostile_texts_take_no_time() -> None:
    for piece in ("(", "via ", "by by ", "Translated from ", "A" * 300 + " ", "le la ", "«", "المصدر: ", "a, ", "- "):
        assert _root(piece * 400, author=piece * 400, credits=(piece * 20,)) is not None
