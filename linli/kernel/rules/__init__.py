"""Pure rules that every domain needs: ids, check digits, pages."""
