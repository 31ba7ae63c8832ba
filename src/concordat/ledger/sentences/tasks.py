# SPDX-License-Identifier: Apache-2.0
"""Tasks between units of a country, or within a joint team."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_SEE = "See where the task stands."
_SEE_ZH = "请查看任务当前状态。"

TASKS = {
    "EmptySubject": Sentence(
        ContractUsageError,
        "The task has no subject.",
        "任务没有内容。",
        "The chain keeps a salted commitment to what is to be done.",
        "Say what is to be done.",
        "请写明任务内容。",
    ),
    "AlreadyAssigned": Sentence(
        ContractUsageError,
        "The task {task} was assigned already.",
        "任务 {task} 已经交办。",
        "The same subject goes to the same agency once.",
        _SEE,
        _SEE_ZH,
    ),
    "NoSuchTask": Sentence(
        ContractUsageError,
        "There is no task {task}.",
        "不存在任务 {task}。",
        "A task is on record from when it was assigned.",
        "Name a task that was assigned.",
        "请指明已交办的任务。",
    ),
    "NotTheAssignee": Sentence(
        ContractAuthorityError,
        "You act for {theirs}; the task is {assignee}'s to do.",
        "您代表 {theirs}，而承办机构为 {assignee}。",
        "Who was given a task accepts, does or declines it.",
        "Let an officer of that agency do it.",
        "请由承办机构的人员办理。",
    ),
    "NotTheAssigner": Sentence(
        ContractAuthorityError,
        "You act for {theirs}; the task was assigned by {assigner}.",
        "您代表 {theirs}，而交办机构为 {assigner}。",
        "Who assigned a task cancels it.",
        "Let an officer of that agency do it.",
        "请由交办机构的人员办理。",
    ),
    "TaskInStatus": Sentence(
        ContractUsageError,
        "The task {task} is {taskStatus}; this act has no place there.",
        "任务 {task} 当前状态为“{taskStatus}”，不能办理此事项。",
        "A task is assigned, accepted and done, each once; what is over stays over.",
        _SEE,
        _SEE_ZH,
    ),
    "EmptyResult": Sentence(
        ContractUsageError,
        "The result of the task is empty.",
        "任务结果为空。",
        "Done is what has a result, known by its hash.",
        "Name the result.",
        "请提供办理结果。",
    ),
}
