"""What is searchable: the ledger (the truth) and the indexes derived from it."""
