"""Whether the tests notice: a module is changed in one place at a time, and the tests that cover it have to fail."""
