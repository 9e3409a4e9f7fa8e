"""What the kernel itself plugs into its slots."""
