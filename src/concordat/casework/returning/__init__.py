# SPDX-License-Identifier: Apache-2.0
"""What becomes of what was held: property, restitution, leads."""
