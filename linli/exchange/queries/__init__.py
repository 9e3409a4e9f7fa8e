"""What exchange answers."""
