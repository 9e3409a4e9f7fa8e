"""The division tree, grids, geometry and the working calendar."""
