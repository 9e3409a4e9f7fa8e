"""What the registry knows without a database: kinds, values, masks, survivorship, search terms."""
