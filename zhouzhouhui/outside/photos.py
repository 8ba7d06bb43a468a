"""Photos people bring: the type is told by the content, and only a re-encoded picture is kept.

What comes out is a JPEG without EXIF (no place, no telephone model), turned upright, at most 2,000 pixels wide
or high, and a thumbnail of it. The bytes that came in are thrown away.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

register_heif_opener(thumbnails=False)

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 60_000_000  # a telephone's picture of 50 million pixels passes
MAX_SIDE = 2000
THUMBNAIL_SIDE = 480
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIF")  # a telephone's MPO opens as JPEG


class PhotoRefused(ValueError):
    """A photo that cannot be taken; ``code`` names the reason's sentence."""

    code = "not_an_image"


class PhotoEmpty(PhotoRefused):
    """No bytes came."""

    code = "empty"


class PhotoTooLarge(PhotoRefused):
    """More bytes than MAX_BYTES."""

    code = "too_large"


class NotAnImage(PhotoRefused):
    """The content is no picture of a known type, whatever its name says."""

    code = "not_an_image"


class TooManyPixels(PhotoRefused):
    """The picture would take too much memory to open."""

    code = "too_many_pixels"


class PhotoBroken(PhotoRefused):
    """The picture begins well and cannot be read to its end."""

    code = "broken"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it is kept. ``sha256`` is of the JPEG, 64 hex digits."""

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    sha256: str


def _opened(raw: bytes) -> ImageFile.ImageFile:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(raw), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotAnImage from error
    if picture.width * picture.height > MAX_PIXELS:
        raise TooManyPixels
    return picture


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Return the picture in sRGB; wide-gamut telephone pictures look pale once their profile is gone."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return turned or picture


def _flat(picture: Image.Image) -> Image.Image:
    """Return an RGB picture; what was transparent becomes white, as on paper."""
    if picture.mode == "P" or "transparency" in picture.info or picture.mode in ("LA", "PA"):
        picture = picture.convert("RGBA")
    if picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    if picture.mode.startswith("I"):
        # 16-bit grey: the high byte is the picture
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    return picture.convert("RGB")


def _encoded(picture: Image.Image, side: int, quality: int) -> bytes:
    smaller = picture.copy()
    smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    # a new image carries no metadata: neither EXIF nor comments nor profiles
    clean = Image.new("RGB", smaller.size)
    clean.paste(smaller)
    clean.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def take_photo(raw: bytes) -> Photo:
    """Return the photo as it may be kept. Raises a PhotoRefused whose ``code`` says why not."""
    if not raw:
        raise PhotoEmpty
    if len(raw) > MAX_BYTES:
        raise PhotoTooLarge
    picture = _opened(raw)
    try:
        picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        flat = _flat(_in_srgb(upright))
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError) as error:
        raise PhotoBroken from error
    flat.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    jpeg = _encoded(flat, MAX_SIDE, 85)
    return Photo(jpeg, _encoded(flat, THUMBNAIL_SIDE, 80), flat.width, flat.height, hashlib.sha256(jpeg).hexdigest())
