"""What is done with parts of the job engine that it does not promise to keep: all of it stands here.

A test tells when they move.
"""

from dbos import DBOSClient


def make_tables(client: DBOSClient) -> None:
    """What the engine itself does at its start, before anything is posted."""
    client._sys_db.run_migrations()


def give_back(client: DBOSClient, job_id: str, worker: str, queue: str) -> bool:
    """Puts a job of a dead worker into the queue again; False when somebody has begun or done it meanwhile.

    `resume_workflow` would also take a job from whoever has begun it meanwhile, and one that was cancelled; this is
    what the engine does for a worker that comes back, and does nothing for the second who asks.
    """
    return client._sys_db.reenqueue_for_recovery(job_id, [worker], queue)
