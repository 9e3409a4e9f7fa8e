"""What exchange decides by, without a database or a clock."""
