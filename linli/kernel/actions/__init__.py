"""What the kernel does."""
