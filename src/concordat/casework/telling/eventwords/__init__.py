# SPDX-License-Identifier: Apache-2.0
"""Events in words, English and Chinese: what happened, and each value as people read it."""

from concordat.casework.telling.eventwords.telling import as_json, inputs, sentence, title, values

__all__ = ["as_json", "inputs", "sentence", "title", "values"]
