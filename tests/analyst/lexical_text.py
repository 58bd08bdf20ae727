"""Articles written for these tests: a ferry, a dam, and people who do not exist."""

from datetime import UTC, datetime

from agent.analyst.lexical.extract import PlacedDraft, statements
from agent.models import Article

PUBLISHED = datetime(2016, 3, 15, 15, tzinfo=UTC)

ENGLISH = """\
The ferry Halcyon ran aground near the port of Meridia on Monday, according to the harbour authority, which said \
that all 84 passengers were taken ashore.

"The ship was not carrying any fuel beyond its permitted load," Lena Marsh, the ferry company's chief engineer, \
said on Tuesday. "There was no leak."

A coast guard officer, who asked not to be named, told reporters that the captain had been warned about the sandbank \
two hours earlier. The officer added that the warning was recorded, and that the recording would be published today.

The company denied that any warning had reached the bridge. Transport Minister Paul Ardent said the government \
should close the old channel, while residents said they had asked for that in 2014.

"We will not leave the harbour until the hull is sealed," the captain said, adding that the crew was safe.

Marsh said tickets will be refunded. However, she insisted: "Nobody was hurt."
"""

ARABIC = """\
قال مصدر في وزارة الري، طلب عدم الكشف عن اسمه، إن سد الوادي "امتلأ بالكامل"، مضيفاً أن البوابات ستُفتح غداً.
وأضاف المصدر أن سكان القرى "أُبلغوا قبل يومين"، في حين ستبقى المدارس مغلقة.
ونفى وزير الري كمال الشاطر أن يكون السد مهدداً بالانهيار. وأكد الشاطر أن فرق الصيانة تعمل منذ أمس الإثنين.
وبحسب هيئة الأرصاد، هطلت أمطار غزيرة على المنطقة.
مدير السد نادر وافي يقول "نحن لا نغادر الموقع".
وتراجع منسوب النهر أربعة أمتار اليوم.
"""


def told_in(text: str, language: str, published: datetime | None = PUBLISHED) -> tuple[PlacedDraft, ...]:
    return statements(Article(text=text, language=language, published_at=published))


def about(told: tuple[PlacedDraft, ...], words: str) -> PlacedDraft:
    """The one statement whose quote, white space apart, holds the words."""
    found = [one for one in told if words in " ".join(one.draft.quote.split())]
    assert found, f"nobody says {words!r}"
    return found[0]


class Unlimited:
    """A budget that the lexical analyst never asks."""

    def reserve(self, tokens: int) -> None: ...

    def settle(self, reserved: int, spent: int) -> None: ...
