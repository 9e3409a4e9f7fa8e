"""Pure rules of exchange: no database, no clock."""
