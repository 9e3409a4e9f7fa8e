"""What may be put beside a correction: photos and PDFs, judged by their content; photos lose place and camera data."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.exchange.rules.sharing_refusals import TermsRefusedError

MOST, MOST_BYTES, MOST_PIXELS, LONGEST_SIDE = 4, 10_000_000, 60_000_000, 2400
FORMATS = ("JPEG", "PNG", "WEBP")
PHOTO, PDF = "photo", "pdf"
TYPES = {PHOTO: ("image/jpeg", "jpg"), PDF: ("application/pdf", "pdf")}
HEAD, TAIL = 1024, 2048  # bytes in which a PDF says that it is one, and that it is whole


@dataclass(frozen=True, slots=True)
class CleanPaper:
    """A checked photo, made anew as JPEG, or a PDF as it was sent."""

    kind: str
    content: bytes


def clean_paper(content: bytes) -> CleanPaper:
    """Check a file by its content. Raises TermsRefusedError (field `papers`)."""
    if len(content) > MOST_BYTES:
        raise TermsRefusedError("papers", _("The file is larger than 10 MB; send a smaller one."))
    if b"%PDF-" in content[:HEAD]:
        if b"%%EOF" not in content[-TAIL:]:
            raise TermsRefusedError("papers", _("This PDF is not whole; save it again and send it anew."))
        return CleanPaper(PDF, content)
    return CleanPaper(PHOTO, _photo(content))


def _photo(content: bytes) -> bytes:
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  slow to import, and few send files

    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise TermsRefusedError("papers", _("The photo has too many pixels; send a smaller one."))
        clean = ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as problem:
        sentence = _("This file is neither a photo (JPEG, PNG, WebP) nor a PDF that we can read.")
        raise TermsRefusedError("papers", sentence) from problem
    clean.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()
