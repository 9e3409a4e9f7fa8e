"""Pages of the kernel itself."""
