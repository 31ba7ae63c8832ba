# SPDX-License-Identifier: Apache-2.0
"""Codes that the contracts for cases, teams and tasks take as bare numbers: this project's own lists.

None is ever renumbered.
"""

from __future__ import annotations

from enum import unique

from concordat.cooperation.words import Word


@unique
class CloseReason(Word):
    """Why a case is closed."""

    JUDGED = 1, "A final judgment was given.", "已作出生效裁判。"
    NO_OFFENCE = 2, "No offence was found.", "未发现犯罪事实。"
    DISMISSED = 3, "The proceedings were discontinued.", "撤销案件或者终止诉讼。"
    MERGED = 4, "It was joined with another case.", "并案处理。"
    MISTAKE = 5, "It was opened by mistake.", "误立。"
    OTHER = 99, "Another reason.", "其他原因。"


@unique
class TaskDecline(Word):
    """Why a task is not taken on."""

    NOT_COMPETENT = 1, "The unit is not competent.", "非本单位职权范围。"
    INCOMPLETE = 2, "What is to be done is not clear.", "交办事项不明确、材料不齐全。"
    DONE_BEFORE = 3, "It was done before.", "此前已办理。"
    NO_MEANS = 4, "The unit lacks the means.", "不具备办理条件。"
    UNLAWFUL = 5, "It would be against the law.", "于法不合。"
    OTHER = 99, "Another reason.", "其他原因。"
