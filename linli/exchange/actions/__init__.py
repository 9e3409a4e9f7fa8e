"""What exchange does."""
