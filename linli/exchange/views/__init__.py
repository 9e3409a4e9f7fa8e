"""Pages and wires of exchange."""
