"""Photos are what their bytes are, and leave without what the telephone wrote into them."""

import io

import pytest
from PIL import Image

from zhouzhouhui.outside import photos
from zhouzhouhui.outside.photos import PhotoRefused, take_photo


def _bytes(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIF"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_every_usual_kind_becomes_a_jpeg(kind: str, mode: str) -> None:
    photo = take_photo(_bytes(Image.new(mode, (64, 48), 200 if mode == "L" else (200, 10, 10)), kind))
    kept = Image.open(io.BytesIO(photo.jpeg))
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (64, 48))
    assert (photo.width, photo.height, len(photo.sha256)) == (64, 48, 64)


def test_place_and_camera_are_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the telephone turned
    exif[0x010F] = "CAMERA-MAKER"
    exif.get_ifd(0x8825)[2] = (31.0, 2.0, 3.0)
    raw = _bytes(Image.new("RGB", (80, 40), "green"), "JPEG", exif=exif, comment=b"COMMENT")
    assert b"CAMERA-MAKER" in raw
    photo = take_photo(raw)
    for kept in (photo.jpeg, photo.thumbnail):
        assert b"CAMERA-MAKER" not in kept
        assert b"COMMENT" not in kept
        assert b"Exif" not in kept
        assert Image.open(io.BytesIO(kept)).size == (40, 80)


def test_a_large_picture_is_made_smaller_and_has_a_thumbnail() -> None:
    photo = take_photo(_bytes(Image.new("RGB", (4000, 1000), "blue"), "JPEG"))
    assert (photo.width, photo.height) == (2000, 500)
    assert Image.open(io.BytesIO(photo.thumbnail)).size == (480, 120)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "I;16", "CMYK"])
def test_odd_colour_modes_are_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    photo = take_photo(_bytes(Image.new(mode, (20, 20)), kind))
    assert Image.open(io.BytesIO(photo.jpeg)).mode == "RGB"


def test_what_was_transparent_is_white_as_paper() -> None:
    photo = take_photo(_bytes(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))
    assert Image.open(io.BytesIO(photo.jpeg)).getpixel((10, 10)) == (255, 255, 255)


def test_a_damaged_colour_profile_does_not_cost_the_photo() -> None:
    raw = _bytes(Image.new("RGB", (20, 20)), "JPEG", icc_profile=b"no profile at all")
    assert take_photo(raw).width == 20


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"GIF89a" + b"\x00" * 4, "not_an_image"),
        (b"%PDF-1.7 not a picture", "not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_an_image"),
        (b"<script>alert(1)</script>", "not_an_image"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 40, "not_an_image"),
        (b"\x00" * (photos.MAX_BYTES + 1), "too_large"),
    ],
)
def test_what_is_no_photo_is_refused_with_its_reason(raw: bytes, code: str) -> None:
    with pytest.raises(PhotoRefused) as refused:
        take_photo(raw)
    assert refused.value.code == code


def test_a_picture_cut_off_in_the_middle_is_refused_as_broken() -> None:
    noise = Image.effect_noise((400, 400), 80).convert("RGB")
    with pytest.raises(PhotoRefused) as refused:
        take_photo(_bytes(noise, "JPEG")[:4000])
    assert refused.value.code == "broken"


@pytest.mark.parametrize("side", [9_000, 20_000])
def test_a_picture_too_big_for_memory_is_refused_unopened(side: int) -> None:
    raw = _bytes(Image.new("1", (side, side)), "PNG")
    assert len(raw) < photos.MAX_BYTES
    with pytest.raises(PhotoRefused) as refused:
        take_photo(raw)
    assert refused.value.code == "too_many_pixels"
