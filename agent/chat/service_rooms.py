"""The chats of a service."""

from collections.abc import Callable

from agent.chat.deps import Listener
from agent.chat.service_desk import Back, KeyPurse, ServiceDesk
from agent.chat.session import ChatSession, Rooms
from agent.chat.understanding.listening import Purse


class ServiceRooms:
    """Opened with `open_service_rooms`: for each key its own threads, desk and purse."""

    def __init__(self, rooms: Rooms, back: Back, listening: Callable[[Purse], Listener] | None) -> None:
        self._rooms = rooms
        self._back = back
        self._listening = listening

    def of(self, owner: str, who: str) -> ChatSession:
        """`owner` is the id of a key; `who` signs what its people correct."""
        listener = self._listening(KeyPurse(self._back.purse, owner)) if self._listening else None
        return self._rooms.of(owner, ServiceDesk(self._back, owner, who), listener)
