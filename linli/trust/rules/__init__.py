"""Pure rules of trust: the canonical form of the ledger, its tree, masks, the redactor, refusals."""
