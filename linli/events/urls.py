"""Where the interfaces of events stand. Its pages are put together by the site."""

from django.urls import path

from linli.events.rest import events, near, open311  # noqa: F401  near adds its endpoints to those of events

urlpatterns = [path("api/v1/", events.api.urls), path("open311/", open311.api.urls)]
