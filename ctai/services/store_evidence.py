"""Storing the evidence under the gap matrix: the ways in for needs, assessments and requests."""

from ctai.services.amend_need import amend_need
from ctai.services.evidence_checks import check_evidence
from ctai.services.store_assessment import amend_assessment, enter_assessment
from ctai.services.store_need import enter_need
from ctai.services.store_request import amend_request, enter_request

__all__ = [
    "amend_assessment",
    "amend_need",
    "amend_request",
    "check_evidence",
    "enter_assessment",
    "enter_need",
    "enter_request",
]
