"""Emergency access: asked for, limited, reviewed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.accounts import api as accounts
from linli.trust.forms.inputs import words_input
from linli.trust.models import BreakGlass
from linli.trust.rules.break_glass import AREA_WORDS, MOST_LETTERS, MOST_MINUTES
from linli.trust.rules.break_glass import MOST_DAYS as GLASS_DAYS
from linli.trust.rules.break_glass import MOST_TIMES as GLASS_TIMES


class GlassForm(forms.Form):
    """Whom or which area somebody must see in an emergency, and why."""

    number = forms.CharField(
        label=_("Number of the person"), required=False, max_length=40,
        help_text=_("The whole citizen id or telephone. Only this one record is opened."),
    )  # fmt: skip
    division_id = forms.TypedChoiceField(
        label=_("Or a whole street or community"), required=False, coerce=int, empty_value=None
    )
    reason = forms.CharField(
        label=_("What has happened, and why can't it wait?"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Somebody else reads it the next working day."),
    )  # fmt: skip

    def __init__(self, *args: Any, areas: list[tuple[int, str]], shortest: int, **kwargs: Any) -> None:
        """Offer the areas of the county."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["division_id"].choices = [("", _("no area")), *areas]
        fields["reason"].widget.attrs["minlength"] = shortest


class GlassRulesForm(forms.Form):
    """How long break-glass lasts, how often, by which posts and over which area."""

    minutes = forms.IntegerField(label=_("Minutes that it lasts"), min_value=1, max_value=MOST_MINUTES)
    per_month = forms.IntegerField(label=_("Times a month at most, for one person"), min_value=1, max_value=GLASS_TIMES)
    area = forms.ChoiceField(label=_("Largest area that is opened"), choices=list(AREA_WORDS.items()))
    shortest_reason = forms.IntegerField(label=_("Letters of the reason at least"), min_value=1, max_value=MOST_LETTERS)
    review_days = forms.IntegerField(label=_("Working days until it is reviewed"), min_value=1, max_value=GLASS_DAYS)
    posts = forms.MultipleChoiceField(
        label=_("Only these posts"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None: every post that may open in an emergency."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the posts that may open in an emergency."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        may = [post for post in accounts.posts() if "trust.break_glass" in post.capabilities]
        fields["posts"].choices = [(post.code, post.name) for post in may]


class GlassReviewForm(forms.Form):
    """What the review found."""

    outcome = forms.ChoiceField(
        label=_("Was it justified?"), choices=BreakGlass.Outcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("Why, in a sentence"), max_length=2000, widget=words_input())
