"""What a date line says of itself in more languages: published on a day, or only changed on it."""

import pytest

from agent.coverage.intake.metadata import read_published
from agent.dates import UnreadDate


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("פורסם: 14.03.2024, 09:30", "he"),
        ("تاریخ اشاعت 14 مارچ 2024", "ur"),
        ("发布于 2024-03-14 09:30", "zh"),
        ("公開日 2024年3月14日", "ja"),
        ("Publikováno: 14.03.2024", "cs"),
    ],
)
def test_a_day_of_publication_is_known_by_its_word(line: str, language: str) -> None:
    assert read_published(line, language, None).day.isoformat() == "2024-03-14"


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("עודכן: 16.03.2024", "he"),
        ("اپ ڈیٹ 16 مارچ 2024", "ur"),
        ("更新于 2024-03-16", "zh"),
        ("最終更新日 2024年3月16日", "ja"),
        ("Aktualizováno: 16.03.2024", "cs"),
    ],
)
def test_a_day_of_a_change_is_none(line: str, language: str) -> None:
    with pytest.raises(UnreadDate):
        read_published(line, language, None)
