"""What trust keeps."""
