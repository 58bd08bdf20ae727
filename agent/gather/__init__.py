"""Coverage that finds itself: sources are asked what others report of an article, and what they name is fetched."""
