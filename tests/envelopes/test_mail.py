"""Articles that come by mail: the words of the article, and the speaker of a quotation within it."""

import pytest

from agent.envelopes import open_mail
from tests.support.cost import costs_in_proportion

ARTICLE = (
    "The Northbank bridge was closed on Tuesday. Three pillars had cracks.\n\n"
    "The repair costs four million crowns, the mayor said."
)
ARABIC = "أُغلق الجسر الشمالي يوم الثلاثاء.\n\nوقال رئيس البلدية إن الإصلاح يكلف أربعة ملايين كرونة."
_GMAIL = (
    "---------- Forwarded message ---------\nFrom: Desk <desk@harbour.example>\nDate: Tue, Mar 15, 2016 at 9:00 AM\n"
    "Subject: Bridge\nTo: <you@harbour.example>\n\n\n"
)
_WROTE = "On Tue, Mar 15, 2016 at 9:00 AM Desk <desk@harbour.example> wrote:"
_OUTLOOK = "From: Desk\nSent: Tuesday, 15 March 2016 09:00\nTo: You\nSubject: Bridge\n\n"

_LETTER = "On 14 March 2016, the minister wrote:"
_TIMED = "At 10:30 on 14 March 2016 the ministry wrote:"


def quoted(text: str, mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        (f"{_WROTE}\n\n{quoted(ARTICLE)}", ""),
        (f"Please check.\n\n{_WROTE.replace(' wrote', chr(10) + 'wrote')}\n{quoted(ARTICLE)}", "Please check."),
        (f"On 15 Mar 2016, at 09:00, The Desk wrote:\n\n{quoted(ARTICLE, '>')}\n\n-- \nAnna\nHarbour Post", ""),
        (f"Le mar. 15 mars 2016 à 09:00, Desk <desk@harbour.example> a écrit :\n{quoted(ARTICLE)}", ""),
        (f"Am 15.03.2016 um 09:00 schrieb Desk <desk@harbour.example>:\n{quoted(ARTICLE)}", ""),
        (f"15 марта 2016, 09:00 Desk <desk@harbour.example> написал(а):\n{quoted(ARTICLE)}", ""),
        (f"{_GMAIL}{ARTICLE}", ""),
        (f"FYI\n\n{_GMAIL}{ARTICLE}\n\nSent from my phone", "FYI"),
        (quoted(f"{_GMAIL}{ARTICLE}"), ""),
        (f"-----Original Message-----\n{_OUTLOOK}{ARTICLE}", ""),
        (f"See below\n________________________________\n{_OUTLOOK}{ARTICLE}\n\nGet Outlook for iOS", "See below"),
        (f"De : Rédaction\nEnvoyé : mardi 15 mars 2016 09:00\nÀ : Vous\nObjet : Pont\n\n{ARTICLE}", ""),
        (f"Von: Redaktion\nGesendet: Dienstag, 15. März 2016\nAn: Sie\nBetreff: Brücke\n\n{ARTICLE}", ""),
        (f"**From:** Desk\n**Date:** 15 March 2016\n**Subject:** Bridge\n\n{ARTICLE}", ""),
        (f"Begin forwarded message:\n\n{_OUTLOOK}{ARTICLE}", ""),
        (f"One more\n\n{_GMAIL}Look at this\n\n{_OUTLOOK}{ARTICLE}", "One more\nLook at this"),
    ],
)  # fmt: skip
def test_the_article_is_taken_out_of_its_mail(mail: str, said: str) -> None:
    opened = open_mail(mail)
    assert opened is not None
    assert (opened.text, opened.said, opened.has_head) == (ARTICLE, said, True)


@pytest.mark.parametrize(
    "mail",
    [
        f"في الثلاثاء، 15 مارس 2016 في 9:00 ص كتب Desk <desk@harbour.example>:\n{quoted(ARABIC)}",
        f"كتب المحرر <desk@harbour.example> في ١٥ مارس ٢٠١٦ ٩:٠٠:\n\n{quoted(ARABIC)}",
        f"-----الرسالة الأصلية-----\nمن: المحرر\nتم الإرسال: الثلاثاء\nإلى: أنت\nالموضوع: الجسر\n\n{ARABIC}",
        f"---------- رسالة معاد توجيهها ---------\nمن: المحرر\nالتاريخ: 15 مارس\nالموضوع: الجسر\n\n{ARABIC}",
    ],
)
def test_arabic_mail_too(mail: str) -> None:
    opened = open_mail(mail)
    assert opened is not None
    assert opened.text == ARABIC


@pytest.mark.parametrize(
    ("article", "text"),
    [
        (f"The minister wrote:\n\n{quoted(ARTICLE)}", "The minister wrote:\n\n" + ARTICLE.replace("\n\n", "\n")),
        (f"Shut.\n\n{_LETTER}\n> We pay.\n\nIt was read.", f"Shut.\n\n{_LETTER}\nWe pay.\n\nIt was read."),
        (f"{ARTICLE}\n\n{_TIMED}\n> We pay.\n\nIt was read.", f"{ARTICLE}\n\n{_TIMED}\nWe pay.\n\nIt was read."),
        ("كتب الوزير في رسالته:\n> لن ندفع ثمن الجسر.", "كتب الوزير في رسالته:\nلن ندفع ثمن الجسر."),
        ("Le ministre a écrit :\n\n> Nous ne payerons pas.", "Le ministre a écrit :\n\nNous ne payerons pas."),
        (quoted("The minister said that the bridge\nis shut."), "The minister said that the bridge\nis shut."),
        ("> The bridge is shut.", "The bridge is shut."),
    ],
)  # fmt: skip
def test_the_speaker_before_a_quotation_survives(article: str, text: str) -> None:
    opened = open_mail(article)
    assert opened is not None
    assert (opened.text, opened.said, opened.has_head) == (text, "", False)


def test_an_article_above_the_mail_that_it_answers_is_the_article() -> None:
    long = " ".join([ARTICLE.replace("\n\n", " ")] * 5)
    opened = open_mail(
        f"{long}\n\nOn Tue, Mar 15, 2016 at 9:00 AM Desk <desk@harbour.example> wrote:\n> Where is it?\n> Desk"
    )
    assert opened is not None
    assert opened.text == long
    assert opened.left_out == ("the mail below it, which it answers",)


def test_what_is_said_below_the_quotation_is_no_part_of_it() -> None:
    opened = open_mail(
        f"On Mar 15, 2016 Desk <desk@harbour.example> wrote:\n{quoted(ARTICLE)}\n\nIs this right?\n-- \nAnna"
    )
    assert opened is not None
    assert (opened.text, opened.said) == (ARTICLE, "Is this right?")


def test_a_signature_alone_is_left_out() -> None:
    opened = open_mail(f"{ARTICLE}\n-- \nAnna Berg\nHarbour Post\n+00 000")
    assert opened is not None
    assert (opened.text, opened.left_out) == (ARTICLE, ("the signature",))


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        ARABIC,
        f"From: Damascus\nTo: Beirut\n\n{ARTICLE}",
        f"{ARTICLE}\n\n> 5 percent more",
        f"{ARTICLE}\n\n--\n\nThe ferry runs at night again since Monday. Its captain said so on the radio.",
        "Subject: a bridge",
        "From: nobody",
        "The agency wrote: the bridge is shut.",
        "",
        ">",
    ],
)
def test_what_is_no_mail_is_left_alone(text: str) -> None:
    assert open_mail(text) is None


@pytest.mark.parametrize(
    ("before", "again", "after", "times"),
    [
        ("", "> ", "", 30_000),
        ("", "> a\n", "", 16_000),
        ("", "From: a\n", "", 8_000),
        ("", "From: a\nDate: b\n", "", 4_000),
        ("", "-----Original Message-----\n", "", 2_400),
        ("", "On 2016 10:30 x wrote:\n> a\nb\n", "", 2_400),
        ("", "-- \n", "", 16_000),
        ("From: a\n", "\n", "", 60_000),
        ("", "wrote ", ":", 10_000),
    ],
)
def test_a_text_made_to_be_slow_takes_no_longer(before: str, again: str, after: str, times: int) -> None:
    """Five times as much of each took minutes, or would, where lines were counted again for every line."""

    def read(times: int) -> None:
        text = before + again * times + after
        opened = open_mail(text)
        assert opened is None or len(opened.text) <= len(text)

    assert costs_in_proportion(read, times)


_BY = "Ada Pilot <ada@harbour.example>"
_MARKED = "\u202aAda Pilot\u202c\u200f <\u202aada@harbour.example\u202c\u200f>"


@pytest.mark.parametrize(
    "line",
    [
        f"في الثلاثاء، 15 مارس 2016 في 9:00 ص تمت كتابة ما يلي بواسطة {_MARKED}:",
        f"\u202bבתאריך יום ג׳, 15 במרץ 2016 ב-9:00 מאת {_MARKED}:\u202c",
        f"در تاریخ سه‌شنبه ۱۵ مارس ۲۰۱۶،\u200f ۰۹:۰۰ {_BY} نوشت:",
        f"{_BY}, 15 Mar 2016 Sal, 09:00 tarihinde şunu yazdı:",
        f"вт, 15 мар. 2016 г. в 09:00, {_BY}:",
        f"вт, 15 бер. 2016 р. о 09:00 {_BY} пише:",
        f"wt., 15 mar 2016 o 09:00 {_BY} napisał(a):",
        f"Em ter., 15 de mar. de 2016 às 09:00, {_BY} escreveu:",
        f"Den tis 15 mars 2016 kl 09:00 skrev {_BY}:",
        f"Den tir. 15. mar. 2016 kl. 09.00 skrev {_BY}:",
        "ti 15. maalisk. 2016 klo 9.00 Ada Pilot (ada@harbour.example) kirjoitti:",
        f"Στις Τρί 15 Μαρ 2016 στις 9:00 π.μ., ο χρήστης {_BY} έγραψε:",
        f"út 15. 3. 2016 v 9:00 odesílatel {_BY} napsal:",
        f"{_BY} ezt írta (időpont: 2016. márc. 15., K, 9:00):",
        f"În mar., 15 mar. 2016 la 09:00, {_BY} a scris:",
        f"{_BY} 于2016年3月15日周二 09:00写道：",
        f"2016年3月15日(火) 9:00 {_BY}:",
        f"2016년 3월 15일 (화) 오전 9:00, {_BY}님이 작성:",
    ],
)
def test_the_line_before_quoted_lines_is_known_in_any_language(line: str) -> None:
    opened = open_mail(f"Please check.\n\n{line}\n\n{quoted(ARTICLE)}")
    assert opened is not None
    assert (opened.text, opened.said, opened.has_head) == (ARTICLE, "Please check.", True)


@pytest.mark.parametrize(
    "head",
    [
        "Van: Ada Pilot\nVerzonden: dinsdag 15 maart 2016 09:00\nAan: Redactie\nOnderwerp: Brug",
        "Från: Ada Pilot\nSkickat: den 15 mars 2016 09:00\nTill: Redaktionen\nÄmne: Bron",
        "Fra: Ada Pilot\nSendt: 15. marts 2016 09:00\nTil: Redaktionen\nEmne: Broen",
        "Lähettäjä: Ada Pilot\nLähetetty: tiistai 15. maaliskuuta 2016\nVastaanottaja: Toimitus\nAihe: Silta",
        "Od: Ada Pilot\nWysłano: wtorek, 15 marca 2016 09:00\nDo: Redakcja\nTemat: Most",
        "Od: Ada Pilot\nOdesláno: úterý 15. března 2016\nKomu: Redakce\nPředmět: Most",
        "Від: Ada Pilot\nНадіслано: вівторок, 15 березня 2016\nКому: Редакція\nТема: Міст",
        "Από: Ada Pilot\nΣτάλθηκε: Τρίτη, 15 Μαρτίου 2016\nΠρος: Σύνταξη\nΘέμα: Γέφυρα",
        "Kimden: Ada Pilot\nGönderildi: 15 Mart 2016 Salı 09:00\nKime: Masa\nKonu: Köprü",
        "De: Ada Pilot\nEnviada: terça-feira, 15 de março de 2016 09:00\nPara: Mesa\nAssunto: Ponte",
        "מאת: Ada Pilot\nנשלח: יום שלישי 15 מרץ 2016 09:00\nאל: המערכת\nנושא: הגשר",
        "发件人: Ada Pilot\n发送时间: 2016年3月15日 9:00\n收件人: 编辑部\n主题: 桥",
        "差出人: Ada Pilot\n送信日時: 2016年3月15日 9:00\n宛先: 編集部\n件名: 橋",
        "보낸 사람: Ada Pilot\n보낸 날짜: 2016년 3월 15일\n받는 사람: 편집부\n제목: 다리",
        "From: Ada Pilot\nSent: Tuesday, March 15, 2016\nTo: Desk\nSubject: Bridge\nImportance: High",
    ],
)
@pytest.mark.parametrize("above", ["FYI\n\n", "-----Original Message-----\n"])
def test_the_head_of_a_mail_is_known_in_any_language(head: str, above: str) -> None:
    opened = open_mail(f"{above}{head}\n\n{ARTICLE}")
    assert opened is not None
    assert (opened.text, opened.said) == (ARTICLE, "FYI" if above.startswith("FYI") else "")


@pytest.mark.parametrize(
    "article",
    [
        f"Ola Strand, 15 March 2016:\n\n{quoted(ARTICLE)}",
        f"Kontakt (ada@harbour.example):\n\n{quoted(ARTICLE)}",
        f"Od mostu se jezdí: pomalu\nData: 15 March\n\n{ARTICLE}\n\n{ARTICLE}",
    ],
)
def test_a_speaker_a_contact_and_a_list_are_no_head(article: str) -> None:
    opened = open_mail(article)
    assert opened is None or not opened.has_head
    assert opened is None or opened.text.splitlines()[0] == article.splitlines()[0]
