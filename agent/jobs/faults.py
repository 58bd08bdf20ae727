"""What can go wrong between a caller and its job."""

from agent.errors import IsnadError


class UnknownJob(IsnadError):
    """There is no such job, or it is somebody else's: the two look the same from outside."""


class KeyReused(IsnadError):
    """An idempotency key came again with another request."""


class QueueFull(IsnadError):
    """More is waiting than will be kept waiting, of all or of one owner. `retry_after`: seconds until it is worth
    another try."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
