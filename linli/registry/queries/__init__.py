"""What the registry answers."""
