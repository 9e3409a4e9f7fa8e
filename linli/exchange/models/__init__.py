"""What exchange keeps."""
