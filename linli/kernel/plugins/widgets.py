"""Draws the controls of forms: the common ones here, the others by Django's templates, which take ten times as long."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeData

WIDGETS = "django/forms/widgets/"
OPTION = WIDGETS + "select_option.html"
INPUTS = ("checkbox", "color", "date", "datetime", "email", "file", "hidden", "input", "number", "password", "search",
          "tel", "text", "time", "url")  # fmt: skip


class QuickWidgets(DjangoTemplates):
    """What Django names in FORM_RENDERER. What is drawn says the same as Django's templates, without their blanks."""

    def render(self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> str:
        """Return the control as HTML."""
        name = template_name.removeprefix(WIDGETS).removesuffix(".html")
        if name in INPUTS:
            return _input(context["widget"])
        if name == "select" and _is_plain(context["widget"]):
            return _select(context["widget"])
        return super().render(template_name, context, request)  # type: ignore[arg-type]  # any mapping will do


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{_said(widget["value"])}"'
    return f'<input type="{_said(widget["type"])}" name="{_said(widget["name"])}"{value}{_attributes(widget)}>'


def _select(widget: Mapping[str, Any]) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_said(widget["name"])}"{_attributes(widget)}>{groups}</select>'


def _group(name: Any, options: list[Mapping[str, Any]]) -> str:
    drawn = "".join(
        f'<option value="{_said(one["value"])}"{_attributes(one)}>{conditional_escape(one["label"])}</option>'
        for one in options
    )
    return f'<optgroup label="{conditional_escape(name)}">{drawn}</optgroup>' if name else drawn


def _attributes(widget: Mapping[str, Any]) -> str:
    pairs = ((name, "" if value is True else f'="{_said(value)}"') for name, value in widget["attrs"].items()
             if value is not False)  # fmt: skip
    return "".join(f" {escape(name)}{value}" for name, value in pairs)


def _said(value: Any) -> str:
    """Return a value as `stringformat` and escaping make it."""
    return str(value) if isinstance(value, SafeData) else escape(str(value))


def _is_plain(widget: Mapping[str, Any]) -> bool:
    """Tell whether all options are drawn as Django does, with words: numbers and days are said by language."""
    return all(
        one["template_name"] == OPTION and isinstance(one["label"], str | Promise)
        for _name, options, _index in widget["optgroups"]
        for one in options
    )
