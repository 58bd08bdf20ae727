"""Agencies' items for tests, as short as they may be."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from agent.coverage.intake.metadata import Item, Rejection
from agent.coverage.intake.reading import read_coverage
from agent.models import Document
from tests.support.shelf import QUAY

GUID = "urn:newsml:bay.example:20160314:quay"


def newsml(*items: str) -> str:
    opening = '<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">'
    return f"{opening}<itemSet>{''.join(items)}</itemSet></newsMessage>"


def g2_item(
    *bodies: str,
    meta: str = "",
    content: str = "",
    rights: str = "",
    provider: str = '<provider qcode="nprov:BAY"><name>Bay Agency</name></provider>',
    guid: str = GUID,
    version: int = 1,
    status: str = "stat:usable",
) -> str:
    held = "".join(bodies) or f'<inlineData contenttype="text/plain">{QUAY}</inlineData>'
    return (
        f'<newsItem guid="{guid}" version="{version}" xml:lang="en"><rightsInfo>{rights}</rightsInfo><itemMeta>'
        f'<itemClass qcode="ninat:text"/>{provider}<versionCreated>2016-03-14T10:00:00Z</versionCreated>{meta}'
        f'<pubStatus qcode="{status}"/></itemMeta><contentMeta>{content}<headline>Quay two opens</headline>'
        f"</contentMeta><contentSet>{held}</contentSet></newsItem>"
    )


def ninjs(**told: object) -> dict[str, object]:
    item: dict[str, object] = {"uri": GUID, "versioncreated": "2016-03-14T10:00:00Z", "headline": "Quay two opens"}
    return {**item, **({} if "bodies" in told else {"body_text": QUAY}), **told}


def read(path: Path, told: str | Mapping[str, object] | Sequence[Mapping[str, object]]) -> list[Item]:
    path.write_text(told if isinstance(told, str) else json.dumps(told, ensure_ascii=False), "utf-8")
    return list(read_coverage([path]))


def documents(items: Sequence[Item]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def reasons(items: Sequence[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Rejection)]
