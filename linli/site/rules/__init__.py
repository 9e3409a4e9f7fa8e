"""Pure rules of the faces: which words a step gets."""
