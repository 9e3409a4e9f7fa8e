"""Where the kernel's own pages stand."""

from django.urls import path

from linli.kernel.views import look

app_name = "kernel"
urlpatterns = [path("look", look.switch_look, name="look")]
