"""What ships with exchange, marked as a sample."""
