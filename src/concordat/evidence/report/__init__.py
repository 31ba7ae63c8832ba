# SPDX-License-Identifier: Apache-2.0
"""Reports: the collection report (before registering) and the registration certificate (after).

    document = collection_report(CollectionInput(...))
    encode(document)                    canonical JSON: what is hashed
    to_html(document, ("en", "zh"))     one self-contained file
    to_pdf(document, ("en",))           A4, fonts embedded
    decode(content)                     a document from its JSON, to render it in another language

Everything here is a function of its input: no clock, no network, no settings. The same input gives the same
bytes.
"""

from concordat.evidence.report.certificate import registration_certificate
from concordat.evidence.report.collection import collection_report
from concordat.evidence.report.inputs import CertificateInput, CollectionInput
from concordat.rendering.content import LANGUAGES, Document, Mark, Text
from concordat.rendering.html import render as to_html
from concordat.rendering.json import ReportError, decode, encode
from concordat.rendering.pdf import render as to_pdf

__all__ = [
    "LANGUAGES",
    "CertificateInput",
    "CollectionInput",
    "Document",
    "Mark",
    "ReportError",
    "Text",
    "collection_report",
    "decode",
    "encode",
    "registration_certificate",
    "to_html",
    "to_pdf",
]
