"""An example for every answer of the HTTP interface, and for the bodies that it takes."""

from agent.doors.api.examples import claims, coverage, reports, service, verifications

EXAMPLES = verifications.EXAMPLES | claims.EXAMPLES | reports.EXAMPLES | coverage.EXAMPLES | service.EXAMPLES

__all__ = ["EXAMPLES"]
