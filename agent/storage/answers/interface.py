"""What is kept of answers: bytes under the address of all that they depend on."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Protocol

# A read is noted at most this often: the order of use needs no better, and a read stays a read.
NOTED_EVERY_SECONDS = 60.0
# Making room frees this share beyond what is needed, so that a full cache does not evict at every answer.
ROOM_SHARE = 0.1
EVICTED_AT_ONCE = 64
KEYS_PER_QUERY = 500


class AnswerCache(Protocol):
    """Raises `StoreError`; safe for threads and processes. The least recently used answers make room for new ones.

    An answer is committed before it is used, so that a run which is killed finds every finished answer again.
    """

    def get(self, key: bytes) -> bytes | None: ...

    def get_many(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The answers that are there, by key; the others are simply absent."""

    def put(self, key: bytes, value: bytes) -> None: ...

    def put_many(self, values: Mapping[bytes, bytes]) -> None:
        """Keep answers; when this returns they are committed."""


def address_of(*parts: str) -> bytes:
    """The address of an answer: a digest of everything it depends on, in order."""
    mixed = sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        mixed.update(len(encoded).to_bytes(8) + encoded)
    return mixed.digest()
