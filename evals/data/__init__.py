"""The sets that suites ask about: a small one of this project, and public ones from a folder that the user names."""
