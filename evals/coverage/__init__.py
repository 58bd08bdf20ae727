"""How well coverage is searched, told apart and put to the judge."""
