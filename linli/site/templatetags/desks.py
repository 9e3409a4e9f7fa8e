"""Words of the desks: channels by name, and what was chosen in a form that is shown again."""

from collections.abc import Mapping

from django import template

from linli.site.rules.words import channel_name

register = template.Library()
LEAST_CERTAIN, MOST_CERTAIN = 1, 99


register.simple_tag(channel_name)


@register.filter
def chosen(values: Mapping[str, str], name: str) -> str:
    """Return the value under a name: `{{ guessed|chosen:name }}`."""
    return values.get(name, "")


@register.filter
def certainty(probability: float) -> int:
    """Return a probability as a whole per cent that never claims to know: 1 to 99."""
    return max(LEAST_CERTAIN, min(MOST_CERTAIN, round(probability * 100)))
