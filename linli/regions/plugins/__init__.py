"""What regions brings to the kernel's slots."""
