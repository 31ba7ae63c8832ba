# SPDX-License-Identifier: Apache-2.0
"""Evidence: from facts and files to a judged, registered acquisition."""
