"""The console of accounts: people, units and posts of the administrator's area."""
