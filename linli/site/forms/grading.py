"""The form in which an officer decides the grade of a data element."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel import api as kernel
from linli.registry import api as registry
from linli.site.forms.base import MASK_WORDS
from linli.trust import api as trust

CLASSES = "personal_class"


class GradeForm(forms.Form):
    """Grade, class, mark and mask of one element; words where they differ from the proposal."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    grade = forms.TypedChoiceField(label=_("Data grade"), choices=list(trust.GRADE_WORDS.items()), coerce=int)
    category = forms.ChoiceField(label=_("Class of personal information"), required=False)
    sensitive = forms.BooleanField(
        label=_("Sensitive personal information"), required=False,
        help_text=_("Personal Information Protection Law, article 28."),
    )  # fmt: skip
    mask = forms.ChoiceField(label=_("Mask"), choices=list(MASK_WORDS.items()))
    words = forms.CharField(
        label=_("Why, where it differs from the proposal"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the classes of the code table."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["category"]
        field.choices = [("", _("not personal")), *((one.code, one.label) for one in kernel.code_entries(CLASSES))]

    @classmethod
    def of(cls, proposal: trust.Proposal, code: str) -> "GradeForm":
        """Return the form filled with what is proposed; every element of the page has fields of its own name."""
        said = {name: getattr(proposal, name) for name in ("grade", "category", "sensitive", "mask")}
        return cls(initial={**said, "code": code}, auto_id=f"{code}-%s")

    def graded(self) -> registry.Graded:
        """Return what was decided."""
        return registry.Graded(**{name: self.cleaned_data[name] for name in ("grade", "category", "sensitive", "mask")})
