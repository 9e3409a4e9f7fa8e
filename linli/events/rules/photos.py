"""Photos: what may be sent, judged by content, and the copy without place and camera data."""

import io
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES, MOST_PIXELS, LONGEST_SIDE, MOST_PHOTOS = 10_000_000, 60_000_000, 1600, 4
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


class PhotoRefusedError(ValueError):
    """The photo can't be taken. `sentence` says why and what to do, `status` is the HTTP status."""

    def __init__(self, sentence: str | Promise, status: int) -> None:
        """Keep the sentence for the person."""
        super().__init__(str(sentence))
        self.sentence, self.status = sentence, status


@dataclass(frozen=True)
class CleanPhoto:
    """A checked photo: the original bytes, the public JPEG without EXIF, the size of the public one in pixels."""

    original: bytes
    suffix: str
    public: bytes
    width: int
    height: int


def clean_photo(content: bytes) -> CleanPhoto:
    """Check a photo by its content and make its public copy. Raises PhotoRefusedError (413 too large, 415 no photo)."""
    if len(content) > MOST_BYTES:
        raise PhotoRefusedError(_("The photo is larger than 10 MB; send a smaller one."), 413)
    image = _opened(content)
    public = ImageOps.exif_transpose(image).convert("RGB")
    public.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    public.save(out, "JPEG", quality=82, optimize=True)
    return CleanPhoto(content, FORMATS[str(image.format)], out.getvalue(), public.width, public.height)


def _opened(content: bytes) -> Image.Image:
    not_a_photo = PhotoRefusedError(_("This file is not a photo that we can read; send a JPEG, PNG or WebP."), 415)
    try:
        image = Image.open(io.BytesIO(content), formats=list(FORMATS))
        if image.width * image.height > MOST_PIXELS:
            raise PhotoRefusedError(_("The photo has too many pixels; send a smaller one."), 413)
        image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as problem:
        raise not_a_photo from problem
    return image
