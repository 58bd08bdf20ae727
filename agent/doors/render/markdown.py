"""The report as Markdown, for a ticket or a content system; foreign text makes no link or heading in it."""

import re
from collections.abc import Iterator

from agent.doors.render import look
from agent.doors.render.bidi import one_line
from agent.doors.render.corrections import corrected
from agent.doors.render.edits import edit_lines
from agent.doors.render.origins import origin_tellings, tally
from agent.doors.render.reviews import review_items
from agent.doors.render.summary import summary, warnings
from agent.messages import Words, load_words
from agent.models import CloseCoverage, Evidence, Finding, Kind, Report, number_of
from agent.text.arrows import Turn
from agent.verify.editing.telling import edited, put_aside
from agent.verify.explain import notes_on, signs_of

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~!&$]")
_OPENS_BLOCK = re.compile(r"^(?:([-+=:])|(\d{1,9})([.)]))")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)|(?<=\w)(@)")
_UNSAFE_IN_TARGET = {"<": "%3C", ">": "%3E", "\\": "%5C"}


def render_markdown(report: Report, language: str | None = None) -> str:
    """Headings by claim, in the order of the article; Arabic reports are marked right-to-left."""
    words = load_words(language or report.article.language)
    lines = [*_head(report, words), *_warnings(report, words)]
    for finding in report.claims:
        lines += ["", *_claim(number_of(finding), report, finding, words)]
    if not report.claims:
        lines += ["", words("no_claims_read" if report.unread else "no_claims")]
    if report.set_aside:
        lines += ["", *_set_aside(report, words)]
    if report.edits:
        lines += ["", *_edits(report, words)]
    if report.origins:
        lines += ["", *_origin_list(report, words)]
    lines += [
        "",
        "---",
        "",
        *(f"- {_bold(line.name, words)} {escaped(line.value)}" for line in summary(report, words)),
    ]
    lines += ["", words("policy")]
    body = "\n".join(lines)
    return f'<div dir="rtl" lang="{words.language}">\n\n{body}\n\n</div>' if words.direction == "rtl" else body


def escaped(text: str) -> str:
    """One line of foreign text that Markdown shows as it is."""
    line = _SPECIAL.sub(r"\\\g<0>", one_line(text))
    line = _OPENS_BLOCK.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)
    return _AUTOLINK.sub(lambda m: "".join(f"\\{g}" if g in (":", ".", "@") else g for g in m.groups() if g), line)


def _head(report: Report, words: Words) -> Iterator[str]:
    article, counts = report.article, report.counts.model_dump()
    yield f"# {escaped(look.title_of(article, words))}"
    yield ""
    known = [escaped(article.outlet)] if article.outlet else []
    if article.published_at:
        known.append(words.date(article.published_at.date()))
    if link := link_to(words("open"), article.url):
        known.append(link)
    if known:
        yield " · ".join(known)
        yield ""
    labels = ((f"{look.SYMBOLS[name]} {words(f'label.{name}')}", count) for name, count in counts.items())
    yield " · ".join(f"{label}{words.colon}**{count}**" for label, count in labels)


def _warnings(report: Report, words: Words) -> Iterator[str]:
    for warning in warnings(report, words):
        yield ""
        yield f"> {_bold(words('notices'), words)} {escaped(warning)}"


def _claim(number: int, report: Report, finding: Finding, words: Words) -> Iterator[str]:
    name = look.label_name(finding)
    tags = [f"{look.SYMBOLS[name]} {words(f'label.{name}')}"]
    if finding.rests_on:
        tags.append(words(f"rests.{finding.rests_on.value}"))
    if finding.kind is not Kind.FACT:
        tags.append(words(f"kind.{finding.kind.value}"))
    yield f"## {number}. {' · '.join(tags)}"
    yield ""
    yield f"**{escaped(look.claim_text(finding))}**"
    yield ""
    yield from review_items(finding, words, escaped, lambda url: link_to(words("open"), url))
    source = words(f"source.{finding.attribution.source.value}")
    who = look.speaker(finding.attribution)
    yield f"- {words('says')}{words.colon}{f'{escaped(who)} ({source})' if who else source}"
    yield f"- {words('in_article')}{words.colon}{words.quoted(escaped(finding.quote))}"
    if finding.failure:
        failure = finding.failure
        reason = f"{words(f'step.{failure.step.value}')}{words.colon}{words(f'reason.{failure.reason.value}')}"
        yield f"- **{words('label.failed')}** ({reason}){words.colon}{escaped(failure.message)}"
    for said in report.corrections_of(finding.id):
        yield f"- **{escaped(corrected(said, words))}**"
    for edit in report.edits_of(finding.id):
        yield f"- {escaped(edited(edit, words))}"
    for item in look.sorted_evidence(finding):
        yield _evidence(item, words)
    for one in finding.changed_copies:
        change = escaped(Turn(one.told, one.says).line(words.direction))
        who = f"{words('copy_otherwise')}{words.colon}{escaped(look.copyist(one, words))}"
        yield f"- {who}{words.colon}{change} {words.quoted(escaped(one.quote))}"
    for close in finding.close:
        yield _close(close, words)
    yield from _origins(report, finding, words)


def _evidence(item: Evidence, words: Words) -> str:
    passage = item.passage
    where = [words("elsewhere_in_article")]
    if item.source == "coverage":
        where = [escaped(passage.outlet or words("unknown_outlet"))]
        if passage.published_at:
            where.append(words.date(passage.published_at.date()))
        where.append(look.when_of(item, words))
        where += notes_on(item, words)
        if link := link_to(words("open"), passage.url):
            where.append(link)
    said = words.quoted(escaped(item.quote))
    return f"- {words(f'stance.{item.stance.value}')}{words.colon}{said} ({' · '.join(where)})"


def _close(one: CloseCoverage, words: Words) -> str:
    passage = one.passage
    where = [escaped(passage.outlet or words("unknown_outlet")), words.language_name(passage.language)]
    if passage.published_at:
        where.append(words.date(passage.published_at.date()))
    for sign in signs_of(one, words):
        where.append(f"{sign.name}{words.colon}{words('comma').join(map(escaped, sign.values))}")
    if link := link_to(words("open"), passage.url):
        where.append(link)
    said = words.quoted(escaped(passage.text))
    return f"- {words('close_coverage')}{words.colon}{said} ({' · '.join(where)})"


def _origins(report: Report, finding: Finding, words: Words) -> Iterator[str]:
    if finding.origins.articles:
        sides = (
            f"{words('supporting')} {finding.origins.supporting}"
            f" · {words('contradicting')} {finding.origins.contradicting}"
        )
        yield f"- {words.count('articles', finding.origins.articles)}{words.colon}{sides}"
    if (counted := tally(report, finding, words)) is not None:
        names = words("comma").join(f"{escaped(one.name)} ×{one.articles}" for one in counted.counted)
        others = words("comma").join(f"{escaped(one.name)} ×{one.articles}" for one in counted.others)
        not_counted = f" ({words('counted_not')}{words.colon}{others})" if others else ""
        arrow = "←" if words.direction == "rtl" else "→"
        yield (
            f"- {words.count('articles', counted.articles)} {arrow} {words.count('origins', counted.origins)}"
            f"{words.colon if names else ''}{names}{not_counted}"
        )
    if reason := look.why(finding, words):
        yield f"- {escaped(reason)}"


def _bold(name: str, words: Words) -> str:
    return f"**{name}{words.colon.rstrip()}**"


def _set_aside(report: Report, words: Words) -> Iterator[str]:
    yield f"## {words('aside.heading')}"
    yield ""
    yield words("aside.why")
    yield ""
    for one in report.set_aside:
        yield f"- ~~{number_of(one)}. {escaped(one.text)}~~ {escaped(put_aside(one, words))}"


def _edits(report: Report, words: Words) -> Iterator[str]:
    yield f"## {words('edit.heading')}"
    yield ""
    yield words("edit.why")
    yield ""
    for line in edit_lines(report, words):
        yield f"- {line.version} · {line.numbers}{words.colon}{escaped(line.what)}"


def _origin_list(report: Report, words: Words) -> Iterator[str]:
    yield f"## {words('origins_heading')}"
    for one in origin_tellings(report, words):
        counts = words("counted_once" if one.summary.independent else "counted_not")
        yield ""
        yield f"**{escaped(one.name)}** ×{one.summary.articles} · {counts}"
        yield ""
        for line in one.lines:
            whom = f" {escaped(line.whom)}" if line.whom else ""
            changed = words("comma").join(
                escaped(Turn.read(one).line(words.direction)) for one in line.telling.changed
            )
            otherwise = f" · {words('told_otherwise')}{words.colon}{changed}" if changed else ""
            link = link_to(words("open"), line.telling.url)
            said = f" {words.quoted(escaped(line.telling.quote))}" if line.telling.quote else ""
            yield f"- {escaped(line.who)}{words.colon}{line.why}{whom}{said}{otherwise}{f' · {link}' if link else ''}"
        if one.more:
            yield f"- {words('more_articles')}{words.colon}{one.more}"


def link_to(text: str, url: str | None) -> str | None:
    """None for what is no address that a reader may follow."""
    address = look.web_address(url)
    if address is None:
        return None
    target = "".join(_UNSAFE_IN_TARGET.get(c, c) for c in address)
    return f"[{text}](<{target}>)"
