"""The pages of the faces: resident, desk, command."""
