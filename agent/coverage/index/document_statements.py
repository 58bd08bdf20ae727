"""What the catalogue asks the tables of documents and passages, and writes in them."""

from sqlalchemy import delete, exists, func, insert, null, select, update

from agent.coverage.index.entries import COLUMNS, DocumentState
from agent.storage import ForEach, NextNumber, given, given_list
from agent.storage.tables.catalogue import documents, passages

_d, _p = documents.c, passages.c
_COLUMNS = [_d[name] for name in COLUMNS]
_ONE = _d.id == given("of_id")
_SOME = _d.id.in_(given_list("ids"))
_IN_STATE = _d.state == given("of_state")
CURRENT = (_d.state == DocumentState.PENDING) | (_d.state == DocumentState.READY)
KEPT = (_d.state == DocumentState.SUPERSEDED) | (_d.state == DocumentState.WITHDRAWN)
# What is a mere record of a review begins so.
_RECORD = '{"is_record":true'
_HEARD = func.substr(_d.provenance, 1, len(_RECORD)) != _RECORD

KNOWN = select(_d.id).where(_SOME)
READ = select(*_COLUMNS).where(_SOME)
LANGUAGE_OF = select(_d.id, _d.language).where(_SOME)
STATES = select(_d.id, _d.state).where(_SOME)
WAITING = select(*_COLUMNS).where(_IN_STATE).order_by(_d.seq).limit(given("most"))
ARRIVED = select(_d.seq, *_COLUMNS).where(_d.seq > given("after"), _IN_STATE).order_by(_d.seq).limit(given("most"))
NEWEST = select(func.coalesce(select(_d.seq).where(_IN_STATE).order_by(_d.seq.desc()).limit(1).scalar_subquery(), 0))
AT_PAGE = select(*_COLUMNS).where(_d.page == given("of_page"), CURRENT).order_by(_d.seq.desc()).limit(1)
_other = documents.alias("other")
EARLIER = (
    select(*_COLUMNS)
    .where(_d.page == given("of_page"), CURRENT)
    .where(_d.seq < select(_other.c.seq).where(_other.c.id == given("of_id")).scalar_subquery())
)
TELLING = (
    select(_d.seq, *_COLUMNS)
    .where(CURRENT, _d.provenance.like(given("pattern"), escape="\\"), _d.seq < given("before"))
    .order_by(_d.seq.desc())
    .limit(given("most"))
)
GONE = select(_d.id, _d.state, _d.reason, _d.url).where(_SOME, KEPT)
BEGINNING = select(_d.id).where(_d.id.like(given("pattern"))).order_by(_d.id).limit(given("most"))
COUNT = select(func.count()).select_from(documents).where(CURRENT)
COUNT_IN_STATE = select(func.count()).select_from(documents).where(_IN_STATE)
LANGUAGES = (
    select(_d.language, func.count())
    .where(CURRENT, _HEARD, _d.day.is_(None) | ((_d.day >= given("first")) & (_d.day <= given("last"))))
    .group_by(_d.language)
)

# `inline`: the number of a document is drawn by the table itself.
ADD = ForEach(lambda fresh: fresh(documents).inline().on_conflict_do_nothing())
PUT_OUT = update(documents).where(_ONE).values(state=given("to_state"), reason=given("why"))
WITHDRAW = (
    update(documents)
    .where(_SOME, CURRENT)
    .values(state=DocumentState.WITHDRAWN, reason=given("why"))
    .returning(_d.id)
)
BRING_BACK = (
    update(documents)
    .where(_ONE, _IN_STATE)
    .values(state=DocumentState.PENDING, reason=null(), seq=NextNumber(_d.seq))
    .returning(_d.id)
)
_same = documents.alias("same")
_MOVED_ON = exists().where(
    _same.c.page == _d.page, (_same.c.state == DocumentState.PENDING) | (_same.c.state == DocumentState.READY)
)
RESTORE = BRING_BACK.where(~_MOVED_ON)
MAKE_READY = update(documents).where(_ONE, _IN_STATE).values(state=DocumentState.READY)
MAKE_ALL_PENDING = update(documents).where(_IN_STATE).values(state=DocumentState.PENDING)
REMOVE = delete(documents).where(_SOME).returning(_d.id)

_PLACES = select(passages).order_by(_p.document_id, _p.number)
UNDER = _PLACES.where(_p.key.in_(given_list("keys")))
OF_DOCUMENTS = _PLACES.where(_p.document_id.in_(given_list("ids")))
COUNT_PASSAGES = select(func.count()).select_from(passages)
COUNT_KEYS = select(func.count(_p.key.distinct()))
_spoken = select(_p.key, _d.language).join_from(passages, documents, _d.id == _p.document_id)
SPOKEN = _spoken.distinct().order_by(_p.key)
_FIRST_KEYS = select(_p.key).distinct().order_by(_p.key).limit(given("most"))
DRAWN = (
    select(_d.id, _d.language, func.coalesce(_d.title, func.substr(_d.text, 1, 200)), _p.key)
    .join_from(documents, passages, _d.id == _p.document_id)
    .where(_p.key.in_(_FIRST_KEYS))
    .order_by(_p.key, _d.id)
)
ADD_PASSAGES = insert(passages)
REMOVE_PASSAGES = delete(passages).where(_p.document_id.in_(given_list("ids")))
CLEAR_PASSAGES = delete(passages)

LISTED = (
    _d.id,
    _d.url,
    _d.outlet,
    _d.title,
    _d.published_at,
    _d.language,
    func.length(_d.text),
    select(func.count()).where(_p.document_id == _d.id).correlate(documents).scalar_subquery(),
    _d.state,
    _d.reason,
    _d.added_at,
    func.substr(_d.text, 1, 300),
)
LISTING = select(*LISTED).where(CURRENT).order_by(_d.seq)
LISTING_KEPT = select(*LISTED).where(KEPT).order_by(_d.seq)
LISTED_ONE = select(*LISTED).where(_ONE)
