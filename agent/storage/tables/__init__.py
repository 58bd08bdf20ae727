"""The tables of Isnad, each declared once, for SQLite and PostgreSQL alike."""
