"""What the store of reports asks its tables, and writes in them."""

from sqlalchemy import delete, exists, func, insert, select, update

from agent.storage.compiling import given, insert_new
from agent.storage.tables.reports import (
    REPORTS,
    changes,
    claims,
    corrections,
    keys,
    rests,
    runs,
    touches,
    unannounced_edits,
    versions,
)

_ONE = given("of_run")
_v, _c, _r = versions.c, corrections.c, rests.c
_MINE = _v.run_id == _ONE

BEGIN = insert_new(runs)
LOOKED_TO = select(runs.c.looked_to).where(runs.c.run_id == _ONE)
_UP_TO = given("up_to")
LOOK_AGAIN = update(runs).where(runs.c.run_id == _ONE, runs.c.looked_to > _UP_TO).values(looked_to=_UP_TO)
ADD_CLAIM = insert(claims)
ADD_KEY = insert_new(keys)
ADD_TOUCH = insert_new(touches)
ADD_VERSION = insert(versions)
ADD_CHANGE = insert(changes).returning(changes.c.number)
ADD_CORRECTION = insert(corrections).returning(_c.number)
ADD_REST = insert(rests)
ADD_UNTOLD = insert(unannounced_edits)

RUNS_KEYS = select(claims.c.key).distinct().where(claims.c.run_id == _ONE)
DELETE_RUN = [delete(table).where(table.c.run_id == _ONE) for table in REPORTS.sorted_tables if "run_id" in table.c]
# The words of claims are kept apart, for as long as a claim has them.
DELETE_ORPHAN = delete(keys).where(keys.c.key == given("of_key"), ~exists().where(claims.c.key == keys.c.key))
_CLAIM = given("of_claim")
CLAIM_KEY = select(claims.c.key).where(claims.c.run_id == _ONE, claims.c.claim_id == _CLAIM)
DELETE_CLAIM = [
    delete(table).where(table.c.run_id == _ONE, table.c.claim_id == _CLAIM) for table in (claims, touches)
]
_REST = _r.run_id == _ONE, _r.claim_id == _CLAIM, _r.document_id == given("of_document")
_u = unannounced_edits.c
DELETE_UNTOLD = delete(unannounced_edits).where(_u.run_id == _ONE, _u.version == given("of_version"))
DELETE_REST = delete(rests).where(*_REST)

REPORT = select(_v.report).where(_MINE, _v.version == given("of_version"))
LATEST = select(_v.version, _v.head, _v.report).where(_MINE).order_by(_v.version.desc()).limit(1)
LATEST_NUMBER = select(func.max(_v.version)).where(_MINE)
HEADS = select(_v.head).where(_MINE).order_by(_v.version)
ENDED_LAST = select(_v.run_id).where(_v.version == 1).order_by(_v.rowid.desc()).limit(1)
_later = versions.alias("later").c
_LATEST_HEAD = (
    select(_later.head).where(_later.run_id == _v.run_id).order_by(_later.version.desc()).limit(1).scalar_subquery()
)
LISTING = select(_LATEST_HEAD).where(_v.version == 1).order_by(_v.rowid.desc())
RESTS = select(_r.claim_id, _r.document_id).where(_r.run_id == _ONE)
ALL_CHANGES = select(changes).where(changes.c.number > given("since")).order_by(changes.c.number)
CHANGES = ALL_CHANGES.where(changes.c.run_id == _ONE)
UNTOLD = select(_u.edited).order_by(_u.run_id, _u.version)
ALL_CORRECTIONS = select(corrections).order_by(_c.number)
CORRECTIONS = ALL_CORRECTIONS.where(_c.run_id == _ONE)
