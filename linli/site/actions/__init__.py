"""What the pages of site do."""
