"""Editing by people: which claims a report makes is theirs to say, and what they are labelled never is."""
