"""What is asked on the pages of trust, a room for each subject."""
