"""Files in a ZIP file, one at a time and within bounds: nothing is written to disk, no told size is believed."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from agent.coverage.intake.metadata import Rejection, Skipped
from agent.errors import BadInput, InputFault
from agent.models import Frozen

MOST_FILES = 2000
MOST_UNPACKED = 200_000_000
MOST_OF_ONE = 50_000_000
# Of the list of files at the end, which is read as a whole before anything else.
_MOST_DIRECTORY = 4_000_000
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_LARGE = b"PK\x06\x07"
_ENCRYPTED = 0x1
_PIECE = 1 << 16


class ZippedFile(Frozen):
    """`name` is what it is called in there; nothing is ever opened by it."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


def read_zip(data: bytes, path: str, known: frozenset[str]) -> Iterator[ZippedFile | Rejection | Skipped]:
    """Its files of `known` suffixes, and what was passed over or refused. Raises `BadInput` for what is no ZIP file,
    or lists more than is looked at."""
    _check_directory(data)
    try:
        with ZipFile(BytesIO(data)) as opened:
            yield from _files(opened, path, known)
    except (BadZipFile, NotImplementedError, ValueError, OverflowError) as err:
        raise BadInput(f"it cannot be unpacked: {err}", InputFault.PACKED) from err


def _files(opened: ZipFile, path: str, known: frozenset[str]) -> Iterator[ZippedFile | Rejection | Skipped]:
    left, count = MOST_UNPACKED, 0
    for info in opened.infolist():
        if info.is_dir():
            continue
        shown = f"{path}/{info.filename}"
        if (why := _passed_over(info, known)) is not None:
            yield Skipped(path=shown, reason=why)
            continue
        count += 1
        if count > MOST_FILES or left <= 0:
            yield Rejection(path=path, reason=_rest(count), code=InputFault.FILE_TOO_LARGE)
            return
        try:
            file = ZippedFile(name=info.filename, data=_unpacked(opened, info, min(left, MOST_OF_ONE)))
        except _TooLarge as err:
            left -= err.size
            yield Rejection(
                path=shown,
                reason=f"larger than {err.size // 1_000_000} MB when unpacked",
                code=InputFault.FILE_TOO_LARGE,
            )
        except (BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError, zlib.error) as err:
            yield Rejection(path=shown, reason=f"it cannot be unpacked: {err}", code=InputFault.PACKED)
        else:
            left -= len(file.data)
            yield file


class _TooLarge(Exception):
    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def _unpacked(opened: ZipFile, info: ZipInfo, most: int) -> bytes:
    pieces, size = [], 0
    with opened.open(info) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > most:
                raise _TooLarge(most)
            pieces.append(piece)
    return b"".join(pieces)


def _passed_over(info: ZipInfo, known: frozenset[str]) -> str | None:
    place = PurePosixPath(info.filename)
    if any(part.startswith(".") or part == "__MACOSX" for part in place.parts):
        return "hidden"
    if place.suffix.lower() == ".zip":
        return "a ZIP file in a ZIP file: add it by itself"
    if place.suffix.lower() not in known:
        return "not a kind of file that is read"
    return "encrypted" if info.flag_bits & _ENCRYPTED else None


def _rest(count: int) -> str:
    if count > MOST_FILES:
        return f"only its first {MOST_FILES:,} files were read: add the rest as another file"
    return f"only the first {MOST_UNPACKED // 1_000_000} MB of it were unpacked: add the rest as another file"


def _check_directory(data: bytes) -> None:
    """Before the list of its files is read: a small file may announce a million of them."""
    place = data.rfind(_END, max(0, len(data) - _END_SIZE - _LONGEST_COMMENT))
    if place < 0 or len(data) - place < _END_SIZE:
        raise BadInput("it is no ZIP file, or a part of one", InputFault.PACKED)
    directory = int.from_bytes(data[place + 12 : place + 16], "little")
    if directory > _MOST_DIRECTORY or data[max(0, place - 20) :].startswith(_LARGE):
        raise BadInput("it lists more files than are looked at: make several of it", InputFault.FILE_TOO_LARGE)
