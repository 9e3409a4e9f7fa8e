"""What trust does: it guards a door, records a use, seals the ledger."""
