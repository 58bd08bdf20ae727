"""What is wrong with what was sent, in the language of the page. What an error says of itself is English, and is told
beside it to whoever wants to know more."""

from pydantic import ValidationError

from agent.coverage.intake.metadata import Caution, IntakeRemark, Rejection, Removed, Skipped
from agent.dates import UnreadDate
from agent.doors.web.fields import KNOWN
from agent.errors import BadInput, FetchError, FetchReason
from agent.messages import Words
from agent.models import Frozen

_REMARKS: dict[type[IntakeRemark], str] = {
    Rejection: "refused",
    Skipped: "passed_over",
    Caution: "caution",
    Removed: "taken_back",
}


class FormComplaint(Frozen):
    """`sentence` is in the language of the page; `detail` what the error says of itself, where that is more."""

    sentence: str
    detail: str | None = None


def nothing_given(words: Words) -> FormComplaint:
    return FormComplaint(sentence=words("problem.nothing"))


def complaint_of(err: BadInput | FetchError, words: Words) -> FormComplaint:
    if isinstance(err, FetchError):
        return FormComplaint(sentence=words(f"fetch.{err.reason.value}"), detail=str(err))
    key = f"problem.{err.fault.value}" if err.fault else "problem.unfit"
    return FormComplaint(sentence=words(key), detail=str(err))


def complaints_of(err: ValidationError, words: Words) -> dict[str, FormComplaint]:
    """By field; what is about none is about the text."""
    fields: dict[str, FormComplaint] = {}
    for one in err.errors():
        name = str(one["loc"][0]) if one["loc"] else "text"
        name = name if name in KNOWN else "text"
        detail = one["msg"].removeprefix("Value error, ")
        fields[name] = FormComplaint(sentence=_sentence(name, one.get("ctx", {}).get("error"), words), detail=detail)
    return fields


def _sentence(name: str, cause: object, words: Words) -> str:
    unread = cause.__cause__ if isinstance(cause, Exception) else None
    if name == "published_at" and isinstance(unread, UnreadDate) and unread.days:
        days = words("comma").join(day.isoformat() for day in unread.days)
        return words("problem.published_at_two", days=days)
    return words(f"problem.{name}" if name in KNOWN else "problem.unfit")


def complaint_of_remark(remark: IntakeRemark, words: Words) -> FormComplaint:
    """Why something was refused or passed over, or what was left out of it."""
    if remark.code is None:
        return FormComplaint(sentence=words(f"remark.{_REMARKS[type(remark)]}"), detail=remark.reason)
    kind = "fetch" if isinstance(remark.code, FetchReason) else "problem"
    return FormComplaint(sentence=words(f"{kind}.{remark.code.value}"), detail=remark.reason)
