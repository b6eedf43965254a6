"""Pictures are encoded anew: nothing but the picture stays, and what is none is refused."""

import io
from pathlib import Path

import pytest
from PIL import Image

from desireline.errors import BadImage, UnknownImage
from desireline.store import images


def encoded(size: tuple[int, int], form: str, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, (200, 30, 30) if mode == "RGB" else (200, 30, 30, 90)).save(out, form, **options)
    return out.getvalue()


def test_the_place_where_a_photo_was_taken_is_not_kept(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of the shop"
    exif.get_ifd(0x8825)[1] = "N"
    kept = images.keep(tmp_path, "a.jpg", encoded((40, 20), "JPEG", exif=exif, comment=b"secret"))
    body, media = images.find(tmp_path, kept.sha256)
    assert media == "image/jpeg"
    assert not Image.open(io.BytesIO(body)).getexif()
    assert b"Camera" not in body
    assert b"secret" not in body


def test_a_photo_that_was_held_sideways_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    kept = images.keep(tmp_path, "a.jpg", encoded((40, 20), "JPEG", exif=exif))
    assert (kept.width, kept.height) == (20, 40)


def test_large_ones_become_smaller_and_see_through_ones_stay_so(tmp_path: Path) -> None:
    kept = images.keep(tmp_path, "a.png", encoded((4000, 1000), "PNG", "RGBA"))
    assert (kept.width, kept.height) == (1600, 400)
    body, media = images.find(tmp_path, kept.sha256)
    assert media == "image/png"
    assert Image.open(io.BytesIO(body)).getpixel((5, 5)) == pytest.approx((200, 30, 30, 90), abs=2)


def test_the_same_picture_is_kept_once(tmp_path: Path) -> None:
    data = encoded((10, 10), "PNG")
    assert images.keep(tmp_path, "a.png", data) == images.keep(tmp_path, "b.png", data)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a then nothing",
        encoded((30, 30), "PNG")[:60],
        encoded((9000, 9000), "PNG"),
        encoded((30, 30), "TIFF"),
        encoded((30, 30), "PNG") + b" " * (images.MOST_MB << 20),
    ],
)
def test_what_is_no_picture_is_refused_and_leaves_nothing(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BadImage, match="8 MB"):
        images.keep(tmp_path, "odd", data)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sha256", ["", "../records.sqlite", "0" * 64, "A" * 64])
def test_only_pictures_are_found(tmp_path: Path, sha256: str) -> None:
    with pytest.raises(UnknownImage):
        images.find(tmp_path, sha256)
