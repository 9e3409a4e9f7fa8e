"""The component page: every part of the visual language in all its states, with made-up content; only in debug."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from linli.site.sample import parts

FACES = ("page", "desk", "command")


def show(request: HttpRequest, face: str = "page") -> HttpResponse:
    """Show the components as one face draws them."""
    if face not in FACES:
        raise Http404
    return render(request, f"site/components/{face}.html", parts.content(now=timezone.now()))
