"""Forms as superiors issue them, with what their columns really ask for."""
