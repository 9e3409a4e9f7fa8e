"""Rules of exchange, without database and clock."""
