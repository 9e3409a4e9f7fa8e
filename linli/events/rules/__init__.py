"""Pure rules of events: drafts, dispatch, deadlines, search terms, photos, tickets, classification."""
