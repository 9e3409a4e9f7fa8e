"""Who may see what, what is masked, and the ledger of every look."""
