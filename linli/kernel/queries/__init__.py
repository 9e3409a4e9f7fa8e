"""What the kernel can be asked."""
