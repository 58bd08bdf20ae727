"""Uses parts of the job engine that it does not promise to keep. All of that is in this module, and a test tells when
they change."""

from dbos import DBOSClient


def make_tables(client: DBOSClient) -> None:
    """Makes the tables of the engine, as it does itself at its start, before a first job is posted."""
    client._sys_db.run_migrations()


def give_back(client: DBOSClient, job_id: str, worker: str, queue: str) -> bool:
    """Puts a job of a dead worker back into the queue. False where somebody has begun or done it meanwhile.

    The engine's `resume_workflow` would also take a job from whoever has begun it meanwhile, and one that was
    cancelled. This is what the engine does when a worker comes back; the second who asks changes nothing.
    """
    return client._sys_db.reenqueue_for_recovery(job_id, [worker], queue)
