"""The form field for photos and PDFs, judged by their content."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.exchange.rules.papers import MOST, CleanPaper, clean_paper
from linli.exchange.rules.sharing_refusals import TermsRefusedError

LABEL, HELP = _("Photo or PDF"), _("Up to four, 10 MB each. Only your unit and the owner open them.")
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PapersField(forms.FileField):
    """Up to four photos or PDFs; cleans to what was sent and found good."""

    widget = ManyFilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[CleanPaper]:  # noqa: ARG002  Django's signature
        """Return the checked files; a refused one is an error of this field."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MOST:
            raise forms.ValidationError(_("A correction takes four photos or papers at most."))
        if self.required and not files:
            raise forms.ValidationError(_("Choose a photo or a PDF."))
        try:
            return [clean_paper(file.read()) for file in files]
        except TermsRefusedError as refused:
            raise forms.ValidationError(str(refused)) from refused


class PapersForm(forms.Form):
    """Photos or PDFs that are added to a correction."""

    papers = PapersField(label=LABEL, help_text=HELP)
