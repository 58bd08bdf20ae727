"""Files to take away: a report in one of its forms, or the conversation itself."""

from collections.abc import Sequence

from pydantic import TypeAdapter

from agent.chat.actions import ExportForm
from agent.chat.answering.sheet import Sheet
from agent.chat.deps import ChatDeps
from agent.chat.records import Export, Message
from agent.service.corrected import with_corrections

_TYPES = {
    ExportForm.MARKDOWN: "text/markdown",
    ExportForm.HTML: "text/html",
    ExportForm.JSON: "application/json",
    ExportForm.JSONLD: "application/ld+json",
}
_MESSAGES = TypeAdapter(tuple[Message, ...])


def export(sheet: Sheet, form: ExportForm, messages: Sequence[Message], deps: ChatDeps) -> None:
    """Puts the file on the sheet, or says that there is none."""
    if form is ExportForm.THREAD:
        content = _MESSAGES.dump_json(tuple(messages), by_alias=True, indent=1).decode()
        sheet.exports.append(
            Export(name=f"thread-{deps.thread}.json", media_type="application/json", content=content)
        )
        sheet.tell("exported_thread")
    elif sheet.report is None:
        sheet.tell("nothing_to_export")
    else:
        name = f"report-{sheet.report.run_id}.{form.value}"
        content = deps.render(with_corrections(sheet.report, sheet.corrections), form)
        sheet.exports.append(Export(name=name, media_type=_TYPES[form], content=content))
        sheet.tell("exported", form=form.value)
