"""What events keeps."""
