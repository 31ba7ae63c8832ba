# SPDX-License-Identifier: Apache-2.0
"""Documents as JSON, HTML and PDF: reports and certificates of evidence, papers of freezing, key figures.

    json.encode(document)                    canonical JSON: what is hashed
    html.render(document, ("en", "zh"))      one self-contained file
    pdf.render(document, ("en",))            A4, fonts embedded

What a document says is a ``content.Document``; everything here is a function of it: no clock, no network, no
settings. The same document gives the same bytes.
"""
