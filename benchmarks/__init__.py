# SPDX-License-Identifier: Apache-2.0
"""What `make bench` measures: gas beside the alternatives, intake and Merkle building as ratios."""
