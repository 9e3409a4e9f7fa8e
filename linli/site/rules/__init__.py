"""Rules of the pages: words, no database."""
