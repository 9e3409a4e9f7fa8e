"""What sheets keeps."""
