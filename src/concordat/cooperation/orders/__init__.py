# SPDX-License-Identifier: Apache-2.0
"""What is asked and answered: the request as written, the checklist that travels, the messages."""
