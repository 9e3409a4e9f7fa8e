"""Exchange: say here what the domain is for."""
