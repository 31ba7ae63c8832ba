# SPDX-License-Identifier: Apache-2.0
"""Errors of OpenZeppelin's Governor and TimelockController, on which the Council stands."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_SHOW = "See it with: concordat council show PROPOSAL"
_SHOW_ZH = "查看提案：concordat council show 提案"
_REPORT = "This cannot come of the package's own acts: report it."
_REPORT_ZH = "本软件包的操作不会产生此错误，请报告。"


def _usage(en: str, zh: str, why: str, fix: str = _SHOW, fix_zh: str = _SHOW_ZH) -> Sentence:
    return Sentence(ContractUsageError, en, zh, why, fix, fix_zh)


def _authority(en: str, zh: str, why: str, fix: str = _SHOW, fix_zh: str = _SHOW_ZH) -> Sentence:
    return Sentence(ContractAuthorityError, en, zh, why, fix, fix_zh)


#: In the library's interface and never raised by this Council: what each would be about, and of which value.
NEVER_RAISED = {
    "AccessControlBadConfirmation": ("renouncing a role", ""),
    "FailedCall": ("a call that failed without a reason", ""),
    "GovernorAlreadyCastVote": ("a second vote of an account; here JurisdictionHasVoted", "voter"),
    "GovernorAlreadyQueuedProposal": ("queueing twice", "proposalId"),
    "GovernorInsufficientProposerVotes": ("votes that a proposer lacks; here NotAVoter", "proposer"),
    "GovernorInvalidVoteParams": ("parameters of a vote", ""),
    "GovernorInvalidVoteType": ("the kind of a vote; here InvalidSupport", ""),
    "GovernorInvalidVotingPeriod": ("a voting period of zero; here InvalidPace", "votingPeriod"),
    "GovernorNotQueuedProposal": (
        "a proposal that was not queued; here GovernorUnexpectedProposalState",
        "proposalId",
    ),
    "GovernorOnlyExecutor": ("a caller who is not the executor; here NotTheCouncil", "account"),
    "GovernorQueueNotImplemented": ("a Council without a timelock", ""),
    "InvalidAccountNonce": ("the number of a signature; here GovernorInvalidSignature", "account"),
    "SafeCastOverflowedUintDowncast": ("a number beyond its field", "value"),
    "StringTooLong": ("a name beyond its field", "str"),
    "TimelockInsufficientDelay": ("a wait shorter than the least", "delay"),
    "TimelockInvalidOperationLength": (
        "lists of different lengths; here GovernorInvalidProposalLength",
        "targets",
    ),
    "TimelockUnexecutedPredecessor": ("an operation that must come first", "predecessorId"),
}


def _value(name: str) -> str:
    return f" ({{{name}}})" if name else ""


GOVERNOR = {
    **{
        name: _usage(
            f"The Council's library refused: {about}{_value(value)}.",
            f"理事会所用程序库拒绝了操作：{name}{_value(value)}。",
            "The library knows this error; nothing in the Council leads to it.",
            _REPORT,
            _REPORT_ZH,
        )
        for name, (about, value) in NEVER_RAISED.items()
    },
    "AccessControlUnauthorizedAccount": _authority(
        "{account} has no role in the Council's timelock.",
        "{account} 在理事会时间锁合约中没有角色。",
        "The Council alone schedules and cancels there.",
    ),
    "GovernorDisabledDeposit": _usage(
        "The Council takes neither money nor tokens.",
        "理事会不接收任何款项或代币。",
        "Nobody could take them out again.",
    ),
    "GovernorInvalidProposalLength": _usage(
        "The proposal is empty, or its lists differ in length: {targets}, {calldatas}, {values}.",
        "提案为空，或各列表长度不一致：{targets}、{calldatas}、{values}。",
        "Each call has a target, a value of zero and its data.",
    ),
    "GovernorInvalidSignature": _authority(
        "The ballot was not signed by {voter}, or was used before.",
        "选票并非由 {voter} 签署，或已被使用。",
        "A ballot sent by another counts only with the voter's signature, once.",
    ),
    "GovernorNonexistentProposal": _usage(
        "There is no proposal {proposalId}.",
        "提案 {proposalId} 不存在。",
        "The number follows from the calls and the description; both must be exactly as proposed.",
    ),
    "GovernorRestrictedProposer": _authority(
        "The description names another proposer than {proposer}.",
        "提案说明指定了 {proposer} 以外的提案人。",
        "So nobody else can propose the same first and cancel it.",
    ),
    "GovernorUnableToCancel": _authority(
        "{account} cannot cancel this proposal now.",
        "{account} 目前不能撤销此提案。",
        "Its proposer cancels it before the vote begins; after that nobody does.",
    ),
    "GovernorUnexpectedProposalState": _usage(
        "The proposal is in state {current}, in which this is not possible.",
        "提案处于状态 {current}，不能进行此操作。",
        "A proposal waits, is voted on, is queued if it succeeded, and executed after the wait.",
    ),
    "TimelockUnauthorizedCaller": _authority(
        "{caller} is not the Council's timelock.",
        "{caller} 不是理事会的时间锁合约。",
        "The wait is changed by a decision of the Council only.",
    ),
    "TimelockUnexpectedOperationState": _usage(
        "Decision {operationId} is not ready, or was executed, or nobody executed it within 30 days.",
        "决定 {operationId} 尚未就绪、已执行，或在 30 日内未执行而失效。",
        "What was decided waits first and expires in the end.",
    ),
}
