"""Django's PostgreSQL backend, with a cheaper way to see before each request whether the connection lives."""
