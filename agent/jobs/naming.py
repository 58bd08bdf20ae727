"""Names under which the engine keeps things. To change one strands what is kept under the old name."""

APPLICATION = "isnad"
# A job is only taken up by a worker of the same version, so that all builds have this one. Where the steps of a
# workflow change so that one under way could not go on, the changed one gets a name of its own beside the old one.
VERSION = "1"
QUEUE = "verifications"
WORKFLOW = "verify-article"
EVENTS = "events"
WEBHOOK_QUEUE = "webhooks"
WEBHOOK_WORKFLOW = "tell-webhook"
ATTEMPTS = "attempts"
_WEBHOOK = "-webhook"


def duty_of(name: str) -> str:
    """The workflow, and the queue, of something that is done by the clock."""
    return f"duty-{name}"


def webhook_of(job_id: str) -> str:
    """The id of the workflow that tells of a job's end."""
    return f"{job_id}{_WEBHOOK}"


def job_ended_of(webhook_id: str) -> str | None:
    """The job whose end a workflow with this id tells of; None when it tells of something else."""
    return webhook_id.removesuffix(_WEBHOOK) if webhook_id.endswith(_WEBHOOK) else None


def change_webhook_of(job_id: str, version: int, claim_id: str) -> str:
    """The id of the workflow that tells of a label which changed later."""
    return f"{job_id}-change-{version}-{claim_id}"


def edit_webhook_of(job_id: str, version: int) -> str:
    """The id of the workflow that tells of claims which a person edited."""
    return f"{job_id}-edit-{version}"


def webhooks_of(job_id: str) -> str:
    """What the ids of all workflows that tell of a job begin with."""
    return f"{job_id}-"
