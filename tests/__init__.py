"""The tests of the whole house: walls, the town, scenarios and the browser."""
