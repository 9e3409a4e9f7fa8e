"""What events can be asked."""
