"""Puts the weight that a newsroom gives to a site beside the evidence from it: for readers, and never for labels."""

from collections.abc import Mapping

from agent.coverage.index.address import host_of
from agent.models import Evidence, Finding, Report
from agent.verify.sealing import sealed


def with_trusted(report: Report, sites: Mapping[str, int]) -> Report:
    """The report with the weights of today beside its evidence, and a new seal. Nothing else changes."""
    findings = tuple(_weighted(finding, sites) for finding in report.claims)
    return report if findings == report.claims else sealed(report.model_copy(update={"claims": findings}))


def _weighted(finding: Finding, sites: Mapping[str, int]) -> Finding:
    evidence = tuple(_with_weight(item, weight_of(item.passage.url, sites)) for item in finding.evidence)
    return finding if evidence == finding.evidence else finding.model_copy(update={"evidence": evidence})


def _with_weight(item: Evidence, weight: int | None) -> Evidence:
    mine = weight if item.source == "coverage" else None
    return item if mine == item.trusted else item.model_copy(update={"trusted": mine})


def weight_of(url: str | None, sites: Mapping[str, int]) -> int | None:
    """The weight of the site that an address belongs to; None for a site that is not listed. Of several listed ones
    the nearest counts."""
    host = host_of(url)
    while host:
        if host in sites:
            return sites[host]
        host = host.partition(".")[2]
    return None
