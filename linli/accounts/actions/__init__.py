"""What can be done in accounts."""
