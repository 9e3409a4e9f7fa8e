"""The form field for photos."""

from typing import Any

from django import forms

from linli.events import api as events


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PhotosField(forms.FileField):
    """Up to four photos, checked by their content; cleans to what was sent and found good."""

    widget = ManyFilesInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-photos": "4"})

    def clean(self, data: Any, initial: Any = None) -> list[events.CleanPhoto]:  # noqa: ARG002  Django's signature
        """Return the checked photos; a refused one is an error of this field."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        try:
            return [events.clean_photo(file.read()) for file in files[:4]]
        except events.PhotoRefusedError as refused:
            raise forms.ValidationError(str(refused.sentence)) from refused
