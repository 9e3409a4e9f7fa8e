"""Facts, slots, ids, clock, codes, numbering, pages and ui components; imports nothing of the house."""
