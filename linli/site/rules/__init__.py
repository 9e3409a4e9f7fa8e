"""Pure rules of the desks: which words a step gets."""
