"""What can be asked of accounts."""
