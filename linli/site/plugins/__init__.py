"""What the site plugs into the slots of the floors below."""
