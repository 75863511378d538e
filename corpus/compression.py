"""Unpacking what came compressed, up to a limit."""

from __future__ import annotations

import zlib

GZIP_MAGIC = b"\x1f\x8b"


class TooMuchError(Exception):
    """More would come out than is allowed: a mistake, or a bomb."""


def unpack(packed: bytes, limit: int) -> bytes:
    """The content of gzip or deflate data (zlib's form, or raw as some servers send it).

    Never holds more than ``limit`` bytes of it. Data cut off at the end gives what was there.

    Raises:
        TooMuchError: the content is larger than ``limit``.
        zlib.error: it is no such data.
    """
    try:
        return _unpack(packed, limit, zlib.MAX_WBITS | 32)
    except zlib.error:
        if packed.startswith(GZIP_MAGIC):
            raise
        return _unpack(packed, limit, -zlib.MAX_WBITS)


def _unpack(packed: bytes, limit: int, window_bits: int) -> bytes:
    pieces: list[bytes] = []
    room = limit
    while packed:
        member = zlib.decompressobj(window_bits)
        piece = member.decompress(packed, room + 1)  # one more than allowed, to see that there is more
        if len(piece) > room:
            raise TooMuchError
        pieces.append(piece)
        room -= len(piece)
        packed = member.unused_data if member.unused_data.startswith(GZIP_MAGIC) else b""  # gzip files may be joined
    return b"".join(pieces)
