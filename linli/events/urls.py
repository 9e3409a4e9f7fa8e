"""Where the interfaces of events stand. Its pages are put together by the site."""

from django.urls import path

from linli.events import rest

urlpatterns = [path("api/v1/", rest.api.urls)]
