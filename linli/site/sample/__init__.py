"""Made-up content for pages that only developers see."""
