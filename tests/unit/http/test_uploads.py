"""Uploads: streamed, bounded, kept in their own folder, swept away."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect, Request

from desireline.errors import BadRequest, DiskFull, FileTooLarge, UnknownUpload
from desireline.http.uploads import KEEP_SECONDS, Uploads, clean_name
from tests.asgi import run


def form(content: bytes, name: str = "events.csv", field: str = "file") -> bytes:
    head = f'--edge\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--edge--\r\n"


def sent(
    chunks: Iterator[bytes] | list[bytes], length: int | None = None, broken: bool = False, edge: str = "edge"
) -> Request:
    """A request whose body comes in the given chunks."""
    left = iter(chunks)

    async def receive() -> dict[str, object]:
        for chunk in left:
            return {"type": "http.request", "body": chunk, "more_body": True}
        return {"type": "http.disconnect"} if broken else {"type": "http.request", "body": b"", "more_body": False}

    headers = [(b"content-type", f"multipart/form-data; boundary={edge}".encode())]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    return Request({"type": "http", "method": "POST", "path": "/", "headers": headers, "query_string": b""}, receive)


def received(uploads: Uploads, request: Request) -> tuple[str, Path]:
    return run(uploads.receive(request))


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_any_cut_into_chunks_gives_the_same_file(tmp_path: Path, size: int) -> None:
    content = b"a,b\r\n1,2\r\n--edg\r\n\r\n--edge-not\r\n"
    body = form(content)
    upload, path = received(Uploads(tmp_path), sent([body[i : i + size] for i in range(0, len(body), size)]))
    assert path.read_bytes() == content
    assert Uploads(tmp_path).path(upload) == path


def test_a_body_that_grows_over_the_limit_leaves_nothing(tmp_path: Path) -> None:
    endless = (form(b"")[:90], *(b"x" * 65_536 for _ in range(40)))
    with pytest.raises(FileTooLarge) as refused:
        received(Uploads(tmp_path, limit_mb=1), sent(list(endless)))
    assert refused.value.limit_mb == 1
    assert list(tmp_path.iterdir()) == []


def test_a_stated_length_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    def never() -> Iterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    with pytest.raises(FileTooLarge):
        received(Uploads(tmp_path, limit_mb=1), sent(never(), length=3 << 20))


def test_a_client_that_goes_away_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ClientDisconnect):
        received(Uploads(tmp_path), sent([form(b"x" * 1000)[:500]], broken=True))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full, opened = Path("/dev/full"), Path.open
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    monkeypatch.setattr(Path, "open", lambda _, mode: opened(full, mode.replace("x", "w"), buffering=0))
    with pytest.raises(DiskFull):
        received(Uploads(tmp_path), sent([form(b"x" * 10)]))
    assert list(tmp_path.iterdir()) == []


def test_a_form_without_the_field_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        received(Uploads(tmp_path), sent([form(b"x", field="other")]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("body", [b"no form at all", form(b"x")[:20] + b"\x00\xff"])
def test_a_broken_form_is_refused(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(BadRequest):
        received(Uploads(tmp_path), sent([body]))
    assert list(tmp_path.iterdir()) == []


def test_a_boundary_that_no_form_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        received(Uploads(tmp_path), sent([form(b"x")], edge="x" * 5000))
    assert list(tmp_path.iterdir()) == []


def test_only_the_first_file_counts(tmp_path: Path) -> None:
    two = form(b"first")[: -len(b"--edge--\r\n")] + form(b"second", name="b.csv")
    _, path = received(Uploads(tmp_path), sent([two]))
    assert (path.name, path.read_bytes()) == ("events.csv", b"first")


def test_old_uploads_are_swept_away_by_the_next(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    old, _ = received(uploads, sent([form(b"x")]))
    os.utime(tmp_path / old, (time.time() - KEEP_SECONDS - 60,) * 2)
    new, _ = received(uploads, sent([form(b"y")]))
    assert [p.name for p in tmp_path.iterdir()] == [new]
    with pytest.raises(UnknownUpload):
        uploads.path(old)


@pytest.mark.parametrize("upload", ["", "..", "../secret", "0" * 32, "A" * 32, "0" * 31 + "/"])
def test_an_id_is_no_path(tmp_path: Path, upload: str) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x").write_text("x")
    uploads = Uploads(tmp_path / "uploads")
    with pytest.raises(UnknownUpload):
        uploads.path(upload)
    uploads.discard(upload)
    assert (tmp_path / "secret" / "x").exists()


@given(st.text(max_size=300))
def test_a_clean_name_is_one_part_of_a_path(name: str) -> None:
    cleaned = clean_name(name)
    assert cleaned
    assert len(cleaned.encode()) <= 120
    assert Path(cleaned).name == cleaned
    assert not cleaned.startswith(".")
    assert cleaned.isprintable()
    assert clean_name(cleaned) == cleaned
