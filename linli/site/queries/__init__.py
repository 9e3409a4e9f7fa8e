"""What the pages of site ask for."""
