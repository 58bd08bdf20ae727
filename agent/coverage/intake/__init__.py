"""Coverage in the formats it comes in: files, pages, feeds, sitemaps and agency exports, made into documents."""
