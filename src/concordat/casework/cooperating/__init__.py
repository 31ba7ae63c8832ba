# SPDX-License-Identifier: Apache-2.0
"""What agencies do together: the Council, agreements, requests for assistance, cases, standing."""
