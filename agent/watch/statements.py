"""What the watch asks the tables of reports, and writes in them."""

from sqlalchemy import delete, func, select, update

from agent.storage import ForEach, given, given_list, insert_new, insert_or_update
from agent.storage.tables.reports import claims, keys, rests, runs, touches, versions

_ONE = given("of_run")
_SPACE = given("of_space")
_DOCUMENT = given("of_document")
_COVERAGE = given("of_coverage")
_NOW = given("now")

_head = select(versions.c.head).select_from(claims).join(versions, claims.c.run_id == versions.c.run_id)
_FIRST_HEAD = (
    _head.where(claims.c.key == keys.c.key)
    .order_by(claims.c.run_id, versions.c.version)
    .limit(1)
    .correlate(keys)
    .scalar_subquery()
)
UNPLACED = (
    select(keys.c.key, keys.c.text, _FIRST_HEAD)
    .where(keys.c.space.is_(None) | (keys.c.space != _SPACE))
    .order_by(keys.c.key)
    .limit(given("most"))
)
PLACE = update(keys).where(keys.c.key == given("of_key"))
PLACED = select(func.count()).select_from(keys).where(keys.c.space == _SPACE)
DISPLACE = update(keys).values(space=None)

OF_OTHER_COVERAGE = select(runs.c.run_id).where(runs.c.coverage != _COVERAGE)
START_OVER = (
    update(runs)
    .where(runs.c.coverage.is_(None) | (runs.c.coverage != _COVERAGE))
    .values(looked_to=0, coverage=_COVERAGE)
)
UNTOUCH = delete(touches).where(touches.c.run_id.in_(given_list("runs")), touches.c.document_id != "")
# A run may end while a look goes on: its claims were not looked for.
_WATCHED = (
    runs.c.run_id.in_(select(claims.c.run_id)),
    runs.c.run_id.in_(select(versions.c.run_id).where(versions.c.rowid <= given("last"))),
)
LAST_ROW = select(func.coalesce(func.max(versions.c.rowid), 0))
LOOKED_TO = select(func.min(runs.c.looked_to)).where(*_WATCHED)
LOOKED = update(runs).where(runs.c.looked_to < given("upto"), *_WATCHED).values(looked_to=given("upto"))
PAST = (
    select(claims.c.key, runs.c.run_id, claims.c.claim_id, runs.c.looked_to, claims.c.published, claims.c.event)
    .join(runs, runs.c.run_id == claims.c.run_id)
    .where(claims.c.key.in_(given_list("keys")))
    .order_by(runs.c.run_id, claims.c.claim_id)
)

RESTS = select(rests.c.document_id).distinct()
DEPARTED = RESTS.where(rests.c.departed.is_not(None))
CAME_BACK = update(rests).where(rests.c.document_id == _DOCUMENT).values(departed=None)
_LEFT = rests.c.document_id == _DOCUMENT, rests.c.departed.is_(None) | (rests.c.departed != given("why"))
_RESTS_ON_IT = select(rests.c.run_id, rests.c.claim_id, rests.c.document_id).where(*_LEFT)
TOUCH_DEPARTED = ForEach(
    lambda insert: (
        insert(touches).from_select(["run_id", "claim_id", "document_id"], _RESTS_ON_IT).on_conflict_do_nothing()
    )
)
NOTE_DEPARTED = update(rests).where(*_LEFT).values(departed=given("why"))

ADD_TOUCH = insert_new(touches)
POSTPONE = insert_or_update(touches, "failures", "failure", "due_at")
_IS_DUE = touches.c.due_at.is_(None) | (touches.c.due_at <= _NOW)
WAITING = select(touches.c.run_id).distinct().where(_IS_DUE).order_by(touches.c.run_id)
_LATER = (
    select(touches.c.run_id)
    .group_by(touches.c.run_id, touches.c.claim_id)
    .having(func.min(func.coalesce(touches.c.due_at, "")) > _NOW)
)
POSTPONED = select(func.count()).select_from(_LATER.subquery("postponed"))
_DUE_CLAIMS = select(touches.c.claim_id).where(touches.c.run_id == _ONE, _IS_DUE)
TOUCHES = (
    select(touches)
    .where(touches.c.run_id == _ONE, touches.c.claim_id.in_(_DUE_CLAIMS))
    .order_by(touches.c.claim_id, touches.c.document_id)
)
SETTLE = delete(touches).where(
    touches.c.run_id == _ONE, touches.c.claim_id == given("of_claim"), touches.c.document_id == _DOCUMENT
)
