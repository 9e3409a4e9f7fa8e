"""Where the kernel's own pages stand."""

from django.urls import path

from linli.kernel.views import health, look

app_name = "kernel"
urlpatterns = [
    path("look", look.switch_look, name="look"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
