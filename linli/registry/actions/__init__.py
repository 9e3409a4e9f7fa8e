"""What is done to the base."""
