# SPDX-License-Identifier: Apache-2.0
"""Holds: what institutions answer, and how what they hold is let go."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractUsageError, Sentence

_SEE = "See where it stands with: concordat freeze show"
_SEE_ZH = "查看当前状态：concordat freeze show"
_NOTHING = "Nothing needs to be done."
_NOTHING_ZH = "无需操作。"
_RELEASED = "Act with the released client."
_RELEASED_ZH = "请用正式发布的客户端操作。"

HOLDS = {
    "TargetTwice": Sentence(
        ContractUsageError,
        "The target {target} stands twice in the request.",
        "目标 {target} 在请求中重复。",
        "One target is held once.",
        "Name it once.",
        "请只列明一次。",
    ),
    "EmptyTarget": Sentence(
        ContractUsageError,
        "A target is empty.",
        "目标为空。",
        "A target commits to an account and a notice key.",
        _RELEASED,
        _RELEASED_ZH,
    ),
    "AmountMissing": Sentence(
        ContractUsageError,
        "The target {target} says neither an amount nor the whole balance.",
        "目标 {target} 既未写明金额，也未写明全部余额。",
        "The institution must know how much to hold; of its own hold it says how much it is.",
        "Give an amount, or ask for the whole balance.",
        "请写明金额或注明全部余额。",
    ),
    "HoldInStatus": Sentence(
        ContractUsageError,
        "{hold} is {holdStatus}; this step does not follow.",
        "{hold} 的状态为 {holdStatus}，不能进行此步骤。",
        "What is over is over; what waits, or binds nobody yet, is not answered; only what is held is "
        "let go.",
        _SEE,
        _SEE_ZH,
    ),
    "NotAnAnswer": Sentence(
        ContractUsageError,
        "{kind} is no answer.",
        "{kind} 不是有效的答复。",
        "An answer says what became of the target.",
        _RELEASED,
        _RELEASED_ZH,
    ),
    "AmountMisstated": Sentence(
        ContractUsageError,
        "{hold}: the amount {amount} does not fit {asked}.",
        "{hold}：金额 {amount} 与 {asked} 不符。",
        "Held is all that was asked, in part is more than nothing and less; what continues a hold holds "
        "no less than it; nothing is let go or paid beyond what is held.",
        "Correct amount or kind of the answer.",
        "请改正金额或答复种类。",
    ),
    "RefusalCode": Sentence(
        ContractUsageError,
        "The code {code} does not go with this answer.",
        "代码 {code} 与该答复不符。",
        "A refusal says why by its code, and only a refusal has one.",
        "Give the code of the refusal, or none.",
        "请写明拒绝代码，其他答复不写代码。",
    ),
    "EarlierMisstated": Sentence(
        ContractUsageError,
        "{earlier} is no hold that this one can continue or wait for.",
        "{earlier} 不是可以接续或轮候的控制措施。",
        "It is another hold of the same institution in the same currency, in effect now; what is continued "
        "is the same agency's or the institution's own, confirmed, and not let go of or disposed of by a "
        "decision meanwhile; whoever waited names the one that he waited for.",
        _SEE,
        _SEE_ZH,
    ),
    "QueueFull": Sentence(
        ContractUsageError,
        "{most} wait behind {earlier} already.",
        "{earlier} 之后已有 {most} 项轮候。",
        "The queue behind one hold is bounded.",
        "Tell the requester; whose request was withdrawn makes room once that is recorded.",
        "请告知请求机关；已撤回的请求经记录后可腾出位置。",
    ),
    "TooManyStops": Sentence(
        ContractUsageError,
        "{hold} would be stop-payment {stops} on this account; the law allows {most}.",
        "{hold} 将是对该账户的第 {stops} 次止付；法律最多允许 {most} 次。",
        "Stop-payments one after the other count together, whoever asks.",
        "Ask for a freeze.",
        "请改为请求冻结。",
    ),
    "NothingLeft": Sentence(
        ContractUsageError,
        "{hold}: the account was held for {heldBefore} seconds already; the law allows {total} in all.",
        "{hold}：该账户已被控制 {heldBefore} 秒；法律累计只允许 {total} 秒。",
        "Holds one after the other count together, so that no change of requests makes the period longer.",
        "Let the account go.",
        "请解除对该账户的控制。",
    ),
    "AlreadyChecked": Sentence(
        ContractUsageError,
        "The answer to {hold} is checked.",
        "{hold} 的答复已经复核。",
        "One check is enough.",
        _NOTHING,
        _NOTHING_ZH,
    ),
    "NothingToCheck": Sentence(
        ContractUsageError,
        "{hold} has no answer that waits to be checked.",
        "{hold} 没有待复核的答复。",
        "A second officer confirms what became of the target.",
        "Answer first.",
        "请先答复。",
    ),
    "OtherThanSeen": Sentence(
        ContractUsageError,
        "{hold} is another answer than the one that was seen: {holdState}, amount {amount}, since {since}, "
        "corrected {corrections} times.",
        "{hold} 的答复与所见不同：状态 {holdState}，金额 {amount}，时间 {since}，更正 {corrections} 次。",
        "A second officer confirms what he saw and nothing else; it was corrected, or the amount changed, "
        "meanwhile.",
        "Look at the answer again, then check it: concordat freeze check",
        "请重新查看答复后再复核：concordat freeze check",
    ),
    "AlreadyContinuing": Sentence(
        ContractUsageError,
        "Another answer is to continue {earlier}; it has until {until} to be checked.",
        "已有另一答复拟接续 {earlier}；其复核期限至 {until}。",
        "One hold is continued by one other; until a second officer confirms, the earlier one stands.",
        "Check that answer, or wait until its time is over.",
        "请复核该答复，或者等待其期限届满。",
    ),
    "TooManyRenewals": Sentence(
        ContractUsageError,
        "{hold} was renewed as often as the law allows ({most}).",
        "{hold} 的续期次数已达法律上限（{most}）。",
        "The profile says how often.",
        "Let it end, or bring the case to the court.",
        "请任其届满，或者移送法院。",
    ),
    "TotalBeyondProfile": Sentence(
        ContractUsageError,
        "All periods together would be {heldInAll} seconds; the law allows {total}.",
        "累计期限将达 {heldInAll} 秒；法律只允许 {total} 秒。",
        "Holds one after the other count together.",
        "Renew for a shorter time.",
        "请缩短续期时间。",
    ),
    "NoLaterCredits": Sentence(
        ContractUsageError,
        "{hold} does not take what comes in later.",
        "{hold} 不包括后续入账。",
        "Only the whole balance with later credits grows.",
        "Leave the credit with the account holder.",
        "后续入账应留给账户持有人。",
    ),
    "SplitMisstated": Sentence(
        ContractUsageError,
        "{hold}: {given} were divided, {held} are held.",
        "{hold}：分配 {given}，实际控制 {held}。",
        "A court divides what is held and no more.",
        "Check the judgment against what is held.",
        "请将判决与实际控制的金额核对。",
    ),
    "NothingToReturn": Sentence(
        ContractUsageError,
        "Nothing of {hold} may go back to victims now.",
        "{hold} 目前没有可返还被害人的款项。",
        "Money goes back after a court's award, or, where the law lets it, when it is checked and no "
        "objection waits.",
        _SEE,
        _SEE_ZH,
    ),
    "NothingLapsed": Sentence(
        ContractUsageError,
        "{hold} is {holdStatus}; there is nothing to record.",
        "{hold} 的状态为 {holdStatus}，没有可记录的逾期或失效。",
        "Only what time did is recorded.",
        _NOTHING,
        _NOTHING_ZH,
    ),
}
