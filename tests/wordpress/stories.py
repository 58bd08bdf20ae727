"""Texts that are long and repeat no sentence."""


def long_story(words: int) -> list[str]:
    """Paragraphs of so many words together."""
    places = "harbour bridge tunnel market ferry school canal tower library granary".split()
    days = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
    sentences = [
        f"The office of district {number} said that the {places[number % 10]} of quarter {number * 7} was shut on"
        f" {days[number % 7]} after {number + 3} people had complained."
        for number in range(words // 22 + 1)
    ]
    return [" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5)]
