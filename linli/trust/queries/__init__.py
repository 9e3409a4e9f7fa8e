"""What trust answers: which rows are visible, and whether the ledger is whole."""
