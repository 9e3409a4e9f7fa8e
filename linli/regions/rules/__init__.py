"""Pure rules of regions: codes, coordinates, polygons, working time, place names and the demo county."""
