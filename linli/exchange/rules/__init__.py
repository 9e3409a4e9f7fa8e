"""Rules of exchange: pure, without database and clock."""
