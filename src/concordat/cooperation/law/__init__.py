# SPDX-License-Identifier: Apache-2.0
"""The law of cooperation as data: kinds of requests, conventions, countries."""
