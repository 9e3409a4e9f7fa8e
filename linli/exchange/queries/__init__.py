"""What can be asked of exchange."""
