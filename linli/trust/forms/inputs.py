"""How days and words are typed on the pages of trust."""

from django import forms


def day_input() -> forms.DateInput:
    """Choose a day as the browser lets one."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def words_input() -> forms.Textarea:
    """Type a sentence or two."""
    return forms.Textarea(attrs={"rows": 2})
