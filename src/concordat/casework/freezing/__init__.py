# SPDX-License-Identifier: Apache-2.0
"""What agencies, institutions, authorities, courts and account holders do with a freeze request.

    requesting   request, ratify, endorse, decline, withdraw, renew, reduce, release, send again, follow
    answering    the institution's side
    reviewing    objections, reviews, proposals, dispositions
    showing      one request, all of them, deadlines, lapses

Each command of ``concordat freeze`` is one call of this. Nothing here prints or asks.
"""
