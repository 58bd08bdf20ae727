"""Support that is none: only planned, nearly so, asked for, or told of what belongs to the one the claim is about."""

import pytest

from agent.analyst.lexical.judging import stance_of
from agent.models import Stance

NOT_SUPPORTED = [
    ("en", "The minister has resigned.", "The former minister has resigned from the club."),
    ("ar", "استقال الوزير.", "استقال الوزير السابق من النادي."),
    ("fr", "Le ministre a démissionné.", "L'ancien ministre a démissionné du club."),
    ("en", "The bank raised rates.", "Analysts believe that the bank raised rates."),
    ("en", "The bank raised rates.", "Analysts expect that the bank raised rates."),
    ("tr", "Bakan istifa etti.", "Bakan istifa ettiğini yalanladı."),
    ("ar", "استقال الوزير.", "لو استقال الوزير لسقط القانون."),
    ("fr", "Le vaccin est sûr.", "Le vaccin n'est pas sûr."),
    ("de", "Der Impfstoff ist sicher.", "Der Impfstoff ist nicht sicher."),
    ("de", "Der Minister ist zurückgetreten.", "Der Minister ist angeblich zurückgetreten."),
    ("de", "Alle Schulen wurden geschlossen.", "Einige Schulen wurden geschlossen."),
    ("de", "Der Schaden betrug 20 Millionen Euro.", "Der Schaden betrug 20 Millionen Dollar."),
    ("he", "השר התפטר.", "השר לשעבר התפטר."),
    ("it", "Il vaccino è sicuro.", "Il vaccino non è sicuro."),
    ("ru", "Завод закрыт.", "Завод не закрыт."),
    ("hi", "कारखाना बंद है।", "कारखाना बंद नहीं है।"),
    ("zh", "疫苗安全。", "疫苗不安全。"),
    ("zh", "大坝已经满了。", "官员否认大坝已经满了。"),
    ("de", "Die Brücke ist gesperrt.", "Niemand glaubt, die Brücke ist gesperrt."),
    ("ru", "Мэр арестован.", "Бывший мэр арестован."),
    ("id", "Wali kota ditangkap polisi.", "Mantan wali kota ditangkap polisi."),
    ("ja", "ワクチンは安全である。", "ワクチンは安全ではない。"),
    ("cs", "Továrna je zavřená.", "Továrna není zavřená."),
    ("en", "The council approved the new bridge.", "The council plans to approve the new bridge."),
    ("en", "The hospital ran out of oxygen.", "The hospital almost ran out of oxygen."),
    ("en", "The airline cancelled 30 flights.", "The airline threatened to cancel 30 flights."),
    ("en", "The judge freed the captain.", "The judge was asked to free the captain."),
    ("en", "The bus driver was drunk.", "Nobody said the bus driver was drunk."),
    ("en", "The dam burst at night.", "Had the dam burst at night, hundreds would have died."),
    ("en", "The factory fired 40 workers in May.", "The union accused the factory of firing 40 workers in May."),
    ("en", "The minister resigned.", "The minister's deputy resigned."),
    (
        "en",
        "The ferry Halcyon sank near Sorrel on Monday.",
        "The ferry Halcyon's lifeboat sank near Sorrel on Monday.",
    ),
    ("ar", "أغلقت الشركة المنجم.", "تعتزم الشركة إغلاق المنجم."),
    ("ar", "غرقت العبارة ليلا.", "كادت العبارة تغرق ليلا."),
    ("ar", "أفرج القاضي عن القبطان.", "طلب المحامي من القاضي الإفراج عن القبطان."),
    ("ar", "استقال الوزير.", "استقال نائب الوزير."),
    ("fa", "وزیر استعفا داد.", "معاون وزیر استعفا داد."),
    ("fa", "قاضی ناخدا را آزاد کرد.", "وکیل از قاضی خواست ناخدا را آزاد کند."),
    ("fr", "Le ministre a démissionné.", "L'adjoint du ministre a démissionné."),
    ("fr", "Le ferry a coulé dans la nuit.", "Le ferry a failli couler dans la nuit."),
    ("fr", "Le conseil a approuvé le budget.", "Le conseil doit approuver le budget mardi."),
    ("en", "The rebels withdrew from the town.", "The rebels agreed to withdraw from the town."),
    ("en", "The government cut taxes for farmers.", "Farmers demanded that the government cut taxes."),
    ("en", "The minister apologised for the error.", "Victims want the minister to apologise for the error."),
    ("en", "The judge freed the journalist.", "The journalist's lawyer asked the judge to free the journalist."),
    ("en", "The company paid a fine.", "The court ordered the company to pay a fine."),
    ("en", "The council built a new bridge.", "The council has approved the building of a new bridge."),
    ("en", "The bridge was closed.", "The bridge should be closed."),
    ("en", "The dam collapsed.", "The dam came close to collapsing."),
    ("ar", "أقر البرلمان الموازنة.", "دعا الرئيس البرلمان إلى إقرار الموازنة."),
    ("ar", "انسحبت القوات من البلدة.", "اتفقت القوات على الانسحاب من البلدة."),
    ("fa", "پل بسته شد.", "مردم خواستار بسته شدن پل شدند."),
    ("fa", "باید پل بسته شود.", "پل بسته شد."),
    ("fa", "شهردار بازداشت شد.", "گفته می‌شود شهردار بازداشت شده است."),
    ("tr", "Belediye başkanı tutuklandı.", "Belediye başkanı tutuklanacak."),
    ("fr", "Le maire a été arrêté.", "Le maire sera arrêté."),
    ("es", "El alcalde fue detenido.", "El alcalde será detenido."),
    ("es", "La presa se rompió.", "La presa estuvo a punto de romperse."),
    ("en", "Police arrested the mayor.", "Police arrested the mayor's brother."),
    ("ar", "اعتقلت الشرطة رئيس البلدية.", "اعتقلت الشرطة رئيس البلدية السابق."),
    ("ar", "اعتقلت الشرطة رئيس البلدية.", "اعتقلت الشرطة شقيق رئيس البلدية."),
    ("ar", "اعتقلت الشرطة رئيس البلدية.", "اعتقلت الشرطة نائب رئيس البلدية."),
    ("tr", "Belediye başkanı tutuklandı.", "Eski belediye başkanı tutuklandı."),
    ("tr", "Belediye başkanı tutuklandı.", "Belediye başkanının kardeşi tutuklandı."),
    ("es", "El alcalde fue detenido.", "El hermano del alcalde fue detenido."),
    ("en", "The rebels withdrew from the town.", "The rebels withdrew to the town."),
    ("en", "The factory reopened before the strike.", "The factory reopened after the strike."),
    ("en", "Exports to Norland doubled.", "Exports from Norland doubled."),
    ("ar", "انسحبت القوات من البلدة.", "انسحبت القوات إلى البلدة."),
    ("fa", "نماینده به نشست رفت.", "نماینده از نشست رفت."),
    ("tr", "Polis gazeteciyi dövdü.", "Gazeteci polisi dövdü."),
    ("tr", "Meclis bütçeyi kabul etti.", "Meclisin bütçeyi kabul etmesi bekleniyor."),
    ("tr", "Köprü kapatıldı.", "Köprünün kapatılması istendi."),
    ("fa", "نیروها از شهر خارج شدند.", "نیروها وارد شهر شدند."),
]

SUPPORTED = [
    ("en", "The repair will cost nine million crowns.", "It expects to pay nine million crowns for the repair."),
    ("en", "The former minister resigned.", "The former minister has resigned."),
    ("fr", "Le vaccin est sûr.", "Le vaccin est sûr, dit la ministre."),
    ("de", "Der Impfstoff ist sicher.", "Der Impfstoff ist sicher, sagte die Ministerin."),
    ("cs", "Továrna je zavřená.", "Továrna je zavřená, řekl starosta."),
    ("en", "The council approved the bridge.", "The council approved the bridge, which will cost two million."),
    ("en", "The council plans to close the bridge.", "The council plans to close the bridge in autumn."),
    ("en", "The factory fired 40 workers.", "The factory fired 40 workers in May."),
    ("en", "The minister resigned.", "On Monday the minister resigned, the minister's office said."),
    ("ar", "استقال وزير الري.", "استقال وزير الري أمس."),
    ("fr", "Le ministre a démissionné.", "Le ministre a démissionné lundi."),
    ("en", "The ship sailed from Meridia to Portside.", "The ship sailed to Portside from Meridia."),
    ("en", "The mayor urged residents to leave.", "Residents were urged by the mayor to leave."),
    ("en", "The teachers' union rejected the offer.", "The offer was rejected by the teachers' union."),
    ("en", "The mayor ignored the warning.", "The warning was ignored by the mayor."),
    ("fr", "Le juge a rejeté l'appel.", "L'appel a été rejeté par le juge."),
    ("ar", "رفض الوزير الاستقالة.", "الوزير يرفض الاستقالة."),
    ("fr", "L'eau n'est pas potable.", "L'eau n'est plus potable."),
    ("en", "The soldier's mother met the minister.", "The minister met the mother of the soldier."),
    ("ar", "التقى المحافظ الوزير.", "التقى الوزير المحافظ."),
    ("fa", "باید پل بسته شود.", "پل باید بسته شود."),
]

# The same told the other way round, or in another word.
NOT_CONTESTED = [
    ("en", "Voters rejected the plan.", "The plan, rejected by voters, was dropped."),
    ("en", "The union rejected the offer.", "Offer rejected by union."),
    ("en", "Parliament approved the budget.", "Parliament passed the budget."),
    ("en", "The tunnel is 12 kilometres long.", "The tunnel is 12 km long."),
    ("ar", "ارتفع عدد القتلى إلى 40.", "ارتفع عدد الجرحى إلى 40."),
    ("ar", "رفضت المحكمة الطعن.", "قررت المحكمة رفض الطعن."),
    ("en", "No ships left the port.", "The ships did not leave the port."),
    ("en", "Schools will not open on Monday.", "No schools will open on Monday."),
    ("fr", "Aucun navire n'a quitté le port.", "Les navires n'ont pas quitté le port."),
    ("en", "Neither the mayor nor the governor attended the funeral.", "The mayor did not attend the funeral."),
    ("en", "Norland sold the island to Sudland.", "Sudland bought the island from Norland."),
    ("en", "The Reds beat the Blues on Sunday.", "The Blues lost to the Reds on Sunday."),
    ("ar", "فاز الاتحاد على النجم.", "خسر النجم أمام الاتحاد."),
    ("fr", "La ville a vendu le stade au club.", "Le club a acheté le stade à la ville."),
]

CONTESTED = [
    ("en", "Norland sold the island to Sudland.", "Norland bought the island from Sudland."),
    ("en", "On Sunday the team won.", "The team lost on Sunday."),
    ("ar", "باعت الشركة السفينة.", "اشترت الشركة السفينة."),
    ("fr", "La société a vendu le navire.", "La société a acheté le navire."),
    ("en", "The ships left the port.", "No ships left the port."),
    ("en", "The mayor was not arrested and did not resign.", "The mayor was arrested and did not resign."),
    ("fr", "L'eau est potable.", "L'eau n'est plus potable."),
    ("en", "The minister resigned.", "The minister refused to resign."),
]


@pytest.mark.parametrize(("language", "claim", "text"), NOT_SUPPORTED)
def test_what_has_not_come_about_or_is_of_another_supports_nothing(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.SUPPORTS


@pytest.mark.parametrize(("language", "claim", "text"), SUPPORTED)
def test_plans_for_something_else_take_no_support(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.SUPPORTS


def test_what_tells_which_of_two_is_meant_contests_nothing() -> None:
    assert stance_of("The north road is closed.", "The south road is closed.", "en").stance is Stance.UNRELATED


def test_of_a_language_without_lists_other_words_contest_nothing() -> None:
    assert stance_of("部长已辞职。", "部长可能已辞职。", "zh").stance is Stance.UNRELATED


@pytest.mark.parametrize(("language", "claim", "text"), NOT_CONTESTED)
def test_the_same_told_from_the_other_side_contests_nothing(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is not Stance.CONTRADICTS


@pytest.mark.parametrize(("language", "claim", "text"), CONTESTED)
def test_what_the_same_one_is_told_not_to_have_done_contests(language: str, claim: str, text: str) -> None:
    assert stance_of(claim, text, language).stance is Stance.CONTRADICTS
