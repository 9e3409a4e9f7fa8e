"""The components of every page: `{% load linli %}` and then button, field, table, timeline, clock and the rest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BoundField, CheckboxInput
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

import linli
from linli.kernel.rules import look as looks
from linli.kernel.rules import words
from linli.kernel.rules.headers import allow_style
from linli.kernel.templatetags import sayings

register = template.Library()
for spoken in (sayings.when, sayings.ago, sayings.due, sayings.big, sayings.percent):
    register.filter(spoken.__name__, spoken)
PARTS = "kernel/components/"
NOTICE_ICONS = {"red": "alert-triangle", "amber": "alert-circle", "green": "circle-check", "blue": "info-circle"}
MESSAGE_TONES = {"error": "red", "warning": "amber", "success": "green"}


# ---- what every page stands in ---------------------------------------------


@register.simple_tag(takes_context=True)
def look(context: Context) -> looks.Look:
    """Return how this visitor wants pages to look: `{% look as chosen %}`."""
    request: HttpRequest | None = context.get("request")
    return looks.read_look(request.COOKIES.get(looks.COOKIE, "")) if request else looks.Look()


@register.simple_tag(takes_context=True)
def styles_within(context: Context, *names: str) -> SafeString:
    """Write style sheets into the page itself: a first visit on a slow line waits for one answer instead of two.

    The policy of the page names their hash, so that a browser takes these styles and no others.
    """
    text = _sheets(*names)
    allow_style(context["request"], text)
    return format_html("<style>{}</style>", mark_safe(text))  # noqa: S308  our own files


@cache
def _sheets(*names: str) -> str:
    return "\n".join(Path(found).read_text("utf-8") for name in names if (found := finders.find(name)))


@register.simple_tag(takes_context=True)
def look_attributes(context: Context, face: str) -> SafeString:
    """Write the attributes of <html> that the style sheet follows: `<html {% look_attributes "page" %}>`."""
    chosen = look(context)
    theme = "dark" if face == "command" else chosen.theme
    marks = {
        "face": face,
        "size": "elder" if chosen.elder else "",
        "contrast": "more" if chosen.contrast else "",
        "theme": theme,
        "keys": "" if chosen.keys else "off",
    }
    language = {"zh-hans": "zh-Hans"}.get(get_language() or "", get_language() or "zh-Hans")
    written = format_html_join("", ' data-{}="{}"', [mark for mark in marks.items() if mark[1]])
    return format_html('lang="{}"{}', language, written)


@register.simple_tag
def site_facts() -> dict[str, str]:
    """Return name, place, host and record numbers from the settings: `{% site_facts as site %}`."""
    return {"version": linli.__version__, **getattr(settings, "SITE_FACTS", {})}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one icon of the sprite, always with text beside it: `{% icon "camera" %}`."""
    return _drawn(name, staticfiles_storage)


# ---- components -------------------------------------------------------------


@register.simple_tag
def button(label: str, kind: str = "", icon: str = "", href: str = "", key: str = "", **attributes: Any) -> SafeString:
    """Draw a button or, with href, a link that looks like one. Kinds: primary danger quiet small large wide."""
    # Pages draw dozens, so it is written here and not in a template; so is a badge.
    attributes = {name.replace("_", "-"): value for name, value in attributes.items()}
    attributes = {name: value for name, value in attributes.items() if value not in (None, "", False)}
    whole = _attributes({"class": f"button {kind}", **({"href": href} if href else {}), **attributes})
    whole += _attributes({"data-key": key}) if key else SafeString("")
    mark = format_html('<kbd aria-hidden="true">{}</kbd>', key) if key else ""
    name, drawn = "a" if href else "button", _drawn(icon, staticfiles_storage) if icon else ""
    return SafeString(f"<{name}{whole}>{drawn}<span>{conditional_escape(label)}</span>{mark}</{name}>")


@register.inclusion_tag(PARTS + "field.html")
def field(bound: BoundField, hint: str = "", kind: str = "", label: str = "", **attributes: Any) -> dict[str, Any]:
    """Draw one field of a form: label, hint and errors tied to it. `kind`: short, inline."""
    hint, widget = hint or str(bound.help_text), bound.field.widget
    described = [f"{bound.id_for_label}-{part}" for part, there in (("hint", hint), ("error", bound.errors)) if there]
    attributes = {name.replace("_", "-"): value for name, value in attributes.items()}
    attributes |= {"aria-describedby": " ".join(described)} if described else {}
    return {
        "bound": bound,
        "label": label or bound.label,
        "hint": hint,
        "kind": kind,
        "group": widget.use_fieldset,
        "tick": isinstance(widget, CheckboxInput),
        "control": bound.as_widget(attrs=attributes),
        "described": " ".join(described),
    }


@register.inclusion_tag(PARTS + "problems.html")
def problems(form: Any) -> dict[str, Any]:
    """List what is wrong with a form on top of it, each line leading to its field."""
    wrong = [(bound.id_for_label, error) for bound in form for error in bound.errors] if form.is_bound else []
    return {"wrong": wrong, "general": form.non_field_errors() if form.is_bound else ()}


@register.inclusion_tag(PARTS + "table.html", takes_context=True)
def table(
    context: Context, columns: Sequence[Any], rows: Iterable[Any], caption: str, density: str = ""
) -> dict[str, Any]:
    """Draw a table. Columns: a label, or label, sort, figure. Rows: sequences of text, numbers or {text, url, tone}."""
    heads, cells = [_head(column) for column in columns], [[_cell(cell) for cell in row] for row in rows]
    for head, column in zip(heads, zip(*cells, strict=True), strict=False):
        head.setdefault("figure", all(isinstance(cell["text"], int | float) for cell in column))
    return {
        "columns": heads,
        "rows": [list(zip(heads, row, strict=True)) for row in cells],
        "caption": caption,
        "density": density,
        "request": context.get("request"),
    }


@register.inclusion_tag(PARTS + "sort.html", takes_context=True)
def sort(context: Context, label: str, key: str, figure: bool = False) -> dict[str, Any]:
    """Draw a column head that sorts by ?sort=key or ?sort=-key: `{% sort _("Received") "received" %}`."""
    request: HttpRequest | None = context.get("request")
    current = request.GET.get("sort", "") if request else ""
    way = {key: "ascending", "-" + key: "descending"}.get(current, "")
    target = "-" + key if current == key else key
    return {"label": label, "way": way, "href": _query(request, sort=target, cursor=None), "figure": figure}


@register.inclusion_tag(PARTS + "timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Draw what happened. Entry: at or when, text; also by, said, audience (public, internal), tone, next, photos."""
    return {"entries": entries}


@register.simple_tag
def clock(
    left: float | None = None, at: datetime | None = None, done: str = "", waiting: str = "", working: bool = True
) -> SafeString:
    """Draw a deadline from what is left in seconds: `{% clock row.left at=row.due %}`, or done="…" or waiting="…"."""
    # Lists draw one for each row, so it is written here and not in a template.
    if done:
        shown = words.Clock(done, "green", "circle-check")
    elif waiting or left is None:
        shown = words.Clock(waiting or gettext("no deadline"), "grey", "player-pause")
    else:
        shown = words.due_text(left, working=working)
    title = f' title="{timezone.localtime(at):%Y-%m-%d %H:%M}"' if at else ""
    drawn, text = _drawn(shown.icon, staticfiles_storage), escape(shown.text)
    return SafeString(f'<span class="badge {shown.tone}"{title}>{drawn}{text}</span>')


@register.simple_tag
def badge(text: str, tone: str = "", icon: str = "") -> SafeString:
    """Draw a short state: `{% badge _("to be checked") "green" %}`. Tones: red amber green blue teal, else grey."""
    drawn = _drawn(icon, staticfiles_storage) if icon else ""
    return SafeString(f'<span class="badge {escape(tone)}">{drawn}{conditional_escape(text)}</span>')


@register.inclusion_tag(PARTS + "map.html")
def map(  # noqa: A001  the component's name
    label: str,
    areas: Any = "",
    points: Any = "",
    items: Iterable[Any] = (),
    *,
    pick: str = "",
    tall: int = 320,
    name: str = "map",
) -> dict[str, Any]:
    """Draw a map with its list.

    areas, points: a GeoJSON address or object, features with label, url, value or tone, chosen.
    items: label, url, value. pick: "id of the field for lng,id of the field for lat" makes a pin to place.
    """
    layers = {"areas": areas, "points": points}
    return {
        "label": label,
        "name": name,
        "data_id": name + "-data",
        "items": list(items),
        "pick": pick,
        "tall": tall,
        "addresses": {key: value for key, value in layers.items() if value and isinstance(value, str)},
        "inline": {key: value for key, value in layers.items() if value and not isinstance(value, str)},
    }


@register.inclusion_tag(PARTS + "chart.html")
def chart(
    label: str,
    categories: Sequence[str],
    series: Sequence[Any],
    *,
    kind: str = "line",
    unit: str = "",
    tall: int = 260,
    name: str = "chart",
) -> dict[str, Any]:
    """Draw a line or bar chart with its table. Series: name, values, optional tone and urls (one for each category)."""
    listed = [dict(one) if isinstance(one, Mapping) else vars(one) for one in series]
    rows = [(category, [one["values"][index] for one in listed]) for index, category in enumerate(categories)]
    return {
        "label": label,
        "data": {"kind": kind, "unit": unit, "categories": [str(one) for one in categories], "series": listed},
        "data_id": name + "-data",
        "series": listed,
        "rows": rows,
        "unit": unit,
        "tall": tall,
        "name": name,
    }


@register.inclusion_tag(PARTS + "spark.html")
def spark(values: Sequence[float], label: str, tone: str = "") -> dict[str, Any]:
    """Draw a trend as one small line: `{% spark week _("new reports, last 7 days") %}`."""
    low, high = min(values, default=0), max(values, default=0)
    step, spread = 116 / max(1, len(values) - 1), (high - low) or 1
    points = [f"{2 + index * step:.1f},{30 - (value - low) / spread * 26:.1f}" for index, value in enumerate(values)]
    return {"points": " ".join(points), "label": label, "tone": tone}


@register.inclusion_tag(PARTS + "empty.html")
def empty(title: str, why: str = "", action: str = "", href: str = "", icon: str = "inbox") -> dict[str, Any]:
    """Say that there is nothing, why, and what to do."""
    return {"title": title, "why": why, "action": action, "href": href, "icon": icon}


@register.inclusion_tag(PARTS + "job.html", takes_context=True)
def job(context: Context, state: Any, name: str = "job") -> dict[str, Any]:
    """Draw long work. State: label, done, total; also rate_text, left_text, error, cancel_url, result_url."""
    return {"job": state, "name": name, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag(PARTS + "tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Draw tabs with counts. Item: label, url; optional count, tone, current."""
    return {"items": items, "label": label}


@register.inclusion_tag(PARTS + "pages.html", takes_context=True)
def pages(context: Context, page: Any) -> dict[str, Any]:
    """Draw the way to the next and previous part of a list (keyset page: next_cursor, previous_cursor)."""
    request: HttpRequest | None = context.get("request")
    cursors = {"next": page.next_cursor, "previous": page.previous_cursor}
    return {name: _query(request, cursor=cursor) if cursor else "" for name, cursor in cursors.items()}


@register.inclusion_tag(PARTS + "breadcrumb.html")
def breadcrumb(items: Iterable[Any]) -> dict[str, Any]:
    """Draw where one is. Item: label, url; the last one without url."""
    return {"items": list(items)}


@register.inclusion_tag(PARTS + "steps.html")
def steps(labels: Sequence[str], current: int) -> dict[str, Any]:
    """Draw the steps of a task; `current` counts from 1."""
    return {"labels": labels, "current": current}


@register.inclusion_tag(PARTS + "photos.html")
def photos(items: Iterable[Any]) -> dict[str, Any]:
    """Draw photos in a grid. Item: url, alt; optional thumb."""
    return {"items": items}


@register.inclusion_tag(PARTS + "notice.html")
def notice(text: str, tone: str = "blue", title: str = "", alert: bool = False) -> dict[str, Any]:
    """Say something beside the matter. `alert` makes it heard at once."""
    return {"text": text, "tone": tone, "title": title, "alert": alert, "icon": NOTICE_ICONS.get(tone, "info-circle")}


@register.inclusion_tag(PARTS + "messages.html")
def message_list(messages: Iterable[Any]) -> dict[str, Any]:
    """Draw what the last action had to say."""
    return {"items": [(message, MESSAGE_TONES.get(message.level_tag, "blue")) for message in messages or ()]}


@register.inclusion_tag(PARTS + "skeleton.html")
def skeleton(lines: int = 4) -> dict[str, Any]:
    """Draw the shape of what is being fetched; it shows after 300 ms."""
    return {"lines": range(lines)}


@register.simple_block_tag
def bar(content: str, items: Iterable[Any]) -> str:
    """Draw facts in one line, and the acts inside: `{% bar facts %}…buttons…{% endbar %}`. Fact: label, value."""
    return render_to_string(PARTS + "bar.html", {"items": items, "acts": content})


@register.simple_block_tag
def confirm(content: str, label: str, consequence: str, icon: str = "", kind: str = "danger") -> str:
    """Draw an act that cannot be undone: the button opens what follows from it, and the form inside does it."""
    parts = {"label": label, "consequence": consequence, "icon": icon, "kind": kind, "form": content}
    return render_to_string(PARTS + "confirm.html", parts)


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, label: str, reset: str = "") -> str:
    """Draw a filter bar; the fields inside live in the address: `{% filters _("Filter") %}…{% endfilters %}`."""
    request: HttpRequest | None = context.get("request")
    kept = [(key, value) for key, value in request.GET.items() if key in {"sort", "tab"}] if request else []
    parts = {"label": label, "fields": content, "reset": reset, "kept": kept}
    return render_to_string(PARTS + "filters.html", parts)


@cache
def _drawn(name: str, _storage: object) -> SafeString:
    """Draw an icon once for each storage of static files: a page has dozens."""
    sprite = static("kernel/icons.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name)


def _attributes(attributes: Mapping[str, Any]) -> SafeString:
    pairs = ((name, "" if value is True else format_html('="{}"', value)) for name, value in attributes.items())
    return format_html_join("", " {}{}", pairs)


def _head(column: Any) -> dict[str, Any]:
    return dict(column) if isinstance(column, Mapping) else {"label": column}


def _cell(cell: Any) -> Mapping[str, Any]:
    return cell if isinstance(cell, Mapping) else {"text": cell}


def _query(request: HttpRequest | None, **changes: str | None) -> str:
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = value
    return "?" + query.urlencode()
