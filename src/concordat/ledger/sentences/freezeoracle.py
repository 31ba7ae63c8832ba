# SPDX-License-Identifier: Apache-2.0
"""What token contracts read of holds."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_SEE = "See where it stands with: concordat freeze show"
_SEE_ZH = "查看当前状态：concordat freeze show"

FREEZE_ORACLE = {
    "NotTheInstitution": Sentence(
        ContractAuthorityError,
        "The officer acts for {theirs}; the hold is with {institution}.",
        "该人员代表 {theirs}，而该控制措施由 {institution} 执行。",
        "An institution answers for what it holds itself; nobody answers for another.",
        "Use the key of an officer of {institution} (--key).",
        "请使用 {institution} 人员的密钥（--key）。",
    ),
    "NotTheOpening": Sentence(
        ContractUsageError,
        "Account, salt, notice key or order do not open the target {target} and its request.",
        "账户、盐值、通知密钥或命令与目标 {target} 及其请求不符。",
        "Whoever reveals an account shows that it is the one that was meant.",
        "Use the values of the message to the institution, and the account of this chain.",
        "请使用发送给该机构的信息中的数值，以及本链上的账户。",
    ),
    "AlreadyRevealed": Sentence(
        ContractUsageError,
        "The hold {hold} was revealed to a token already.",
        "控制措施 {hold} 已向代币合约披露。",
        "One hold freezes once.",
        _SEE,
        _SEE_ZH,
    ),
    "TooManyEntries": Sentence(
        ContractUsageError,
        "{account} has {most} live holds in the token {token}; more are not read.",
        "账户 {account} 在代币 {token} 中已有 {most} 项有效控制措施，不能再增加。",
        "A token asks before every transfer; the list must stay short enough to be read.",
        "Let the requesters reduce or release what is not needed, or hold the whole balance once.",
        "请各请求机构缩减或解除不必要的措施，或以一项措施控制全部余额。",
    ),
    "NotTheIssuer": Sentence(
        ContractAuthorityError,
        "The token {token} does not stand under {institution}.",
        "代币 {token} 不属于 {institution}。",
        "An institution freezes in tokens that it answers for; the token itself must agree.",
        "Name the token first, with a contract that answers institution() with {institution}.",
        "请先登记代币；其合约的 institution() 须返回 {institution}。",
    ),
    "AlreadyIssuer": Sentence(
        ContractUsageError,
        "The token {token} stands under {institution} already.",
        "代币 {token} 已属于 {institution}。",
        "A token is named once.",
        "Nothing is to do.",
        "无需处理。",
    ),
    "TokenWithoutCurrency": Sentence(
        ContractUsageError,
        "The token {token} was named without a currency.",
        "登记代币 {token} 时未写明币种。",
        "A hold freezes in the token of its own currency and in no other.",
        "Give the currency in which the institution holds it.",
        "请写明该机构持有的币种。",
    ),
    "TokenInOtherCurrency": Sentence(
        ContractUsageError,
        "{hold} is in the currency {held}, the token in {currency}.",
        "{hold} 的币种为 {held}，代币的币种为 {currency}。",
        "An issuer of several tokens cannot show a hold of one of them to another.",
        "Name the token of the hold's currency.",
        "请使用与该控制措施币种相同的代币。",
    ),
    "StillLive": Sentence(
        ContractUsageError,
        "The hold {hold} is still in effect.",
        "控制措施 {hold} 仍然有效。",
        "An entry is removed when its hold is over; it then froze nothing any more anyway.",
        _SEE,
        _SEE_ZH,
    ),
    "NotRevealed": Sentence(
        ContractUsageError,
        "The hold {hold} has no entry for this token and account.",
        "控制措施 {hold} 在该代币和账户下没有记录。",
        "There is nothing to remove.",
        "Compare token, account, request and target.",
        "请核对代币、账户、请求和目标。",
    ),
}
