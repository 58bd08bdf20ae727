"""A conversation in French, about an Arabic article: asked, answered, asked back and confirmed in French."""

from agent.chat.records import Asking
from agent.chat.understanding.grammar import one_by_one
from agent.config import Settings
from agent.messages import languages, load_words
from agent.models import Label
from tests.support.talk import ARTICLE, labels_of, open_talk, tells, text_of

SAYS = load_words("fr", "chat")


async def test_a_conversation_in_french(newsroom: Settings) -> None:
    async with open_talk(newsroom) as talk:
        await talk.say(ARTICLE)
        why = await talk.say("Pourquoi la 5 est-elle contestée ?")
        assert (why.language, labels_of(why)) == ("fr", {"c5": Label.CONTESTED})
        assert text_of(why).startswith(f"Affirmation 5\u00a0: {SAYS('label.contested').lower()}.")
        listed = await talk.say("seulement les contestées")
        assert set(labels_of(listed).values()) == {Label.CONTESTED}
        assert (await talk.say("/note")).language == "fr"
        asked = (await talk.all("/correct 5 corroborée parce que le démenti a été retiré"))[-1]
        assert isinstance(asked, Asking)
        assert tells(asked.question, "ask_correct", number=5, label=Label.CORROBORATED, given=Label.CONTESTED)
        done = await talk.say("oui")
        assert done.language == "fr"
        assert f"{SAYS('label.contested')} → {SAYS('label.corroborated')}" in text_of(done)


def test_what_the_page_offers_to_ask_is_understood_in_every_language() -> None:
    for language in languages():
        words = load_words(language, "web")
        why = one_by_one(words("chat.starter.why", n=5)).action
        contested = one_by_one(words("chat.starter.contested")).action
        anonymous = one_by_one(words("chat.starter.anonymous")).action
        assert (why.name, why.numbers) == ("why", (5,))
        assert (contested.name, contested.label) == ("claims", Label.CONTESTED)
        assert (anonymous.name, anonymous.anonymous) == ("claims", True)
