# SPDX-License-Identifier: Apache-2.0
"""The contracts' semantics once more, in plain Python and in memory; use it through ``concordat.testing``."""
