"""Commands of the node as a whole."""
