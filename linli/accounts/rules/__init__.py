"""Pure rules of accounts: who acts, phones, refusals, locks, the demo staff."""
