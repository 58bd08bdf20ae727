"""Coverage that comes after a report was written: what it touches is judged anew, and what changes is recorded."""
