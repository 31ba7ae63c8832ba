# SPDX-License-Identifier: Apache-2.0
"""Cooperation between jurisdictions: agreements, requests for assistance, their law, papers and routes."""
