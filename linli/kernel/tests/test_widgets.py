"""Controls that are drawn without templates say the same as Django's."""

import re
from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from linli.kernel.plugins.widgets import INPUTS, WIDGETS, QuickWidgets

SHARP = "<b>\"'&"
CHOICES = [("", _("Close")), ("a", SHARP), ("团体", [("b", mark_safe("<i>b</i>")), (SHARP, "丙")])]


class Form(forms.Form):
    text = forms.CharField(
        max_length=9, widget=forms.TextInput(attrs={"autofocus": True, "hidden": False, "x-y": SHARP})
    )
    number = forms.IntegerField(min_value=1)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    tick = forms.BooleanField(required=False)
    upload = forms.FileField()
    one = forms.ChoiceField(choices=CHOICES)
    some = forms.MultipleChoiceField(choices=CHOICES)
    counted = forms.TypedChoiceField(choices=[(1000, 1000), (2, date(2026, 1, 1))])
    radio = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    long = forms.CharField(widget=forms.Textarea)


def drawn(renderer, **values):
    form = Form(values or None, renderer=renderer)
    return {name: re.sub(r"\s*\n\s*", "", str(form[name])) for name in form.fields}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {
            "text": SHARP,
            "number": "x",
            "day": "2026-01-02",
            "tick": "on",
            "one": SHARP,
            "some": ["a", "b"],
            "long": SHARP,
        },
    ],
)
def test_they_are_what_the_templates_draw(values):
    assert drawn(QuickWidgets(), **values) == drawn(DjangoTemplates(), **values)


def test_the_form_of_a_page_is_drawn_so():
    assert isinstance(Form().renderer, QuickWidgets)


def test_every_control_that_is_drawn_so_is_one_input_in_the_templates():
    renderer = DjangoTemplates()
    widget = {"type": "t", "name": "n", "value": 1, "attrs": {}, "is_initial": False}
    for name in INPUTS:
        template = renderer.render(f"{WIDGETS}{name}.html", {"widget": widget})
        assert template == QuickWidgets().render(f"{WIDGETS}{name}.html", {"widget": widget}) != ""
