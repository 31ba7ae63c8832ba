# SPDX-License-Identifier: Apache-2.0
"""Creation of a suite: Genesis and Directory."""

from __future__ import annotations

from concordat.ledger.sentences.table import (
    ContractAuthorityError,
    ContractUsageError,
    ContractVerificationError,
    Sentence,
)

_RELEASE = "Use the released package on every machine that takes part in the creation."
_RELEASE_ZH = "参与创建的每台机器都应使用正式发布的软件包。"
_CLOSED = "Nothing needs to be done: the suite exists and cannot be changed."
_CLOSED_ZH = "无需操作：系统已创建完毕，不可更改。"

CREATION = {
    "NotGenesis": Sentence(
        ContractAuthorityError,
        "{caller} is not the Genesis contract of this suite.",
        "{caller} 不是本系统的创世合约。",
        "Members, baseline and list of contracts are laid down once, by Genesis, when the suite is created.",
        "A suite with other members is a new one: concordat suite create",
        "如需不同的成员，应创建新的系统：concordat suite create",
    ),
    "UnexpectedInitcode": Sentence(
        ContractVerificationError,
        "The creation code of {name} has the hash {given}; planned was {expected}.",
        "{name} 的创建代码哈希为 {given}，与计划的 {expected} 不符。",
        "Genesis was told the hash of every contract beforehand, so that nobody can slip in other code.",
        _RELEASE,
        _RELEASE_ZH,
    ),
    "UnexpectedFounding": Sentence(
        ContractVerificationError,
        "Founders and baseline have the hash {given}; planned was {expected}.",
        "创始成员和基准标准的哈希为 {given}，与计划的 {expected} 不符。",
        "Genesis was told the hash of the founding data beforehand, so that nobody can change them.",
        "Send the founders and the baseline exactly as planned.",
        "请按计划原样提交创始成员名单和基准标准。",
    ),
    "CreationFailed": Sentence(
        ContractVerificationError,
        "{name} could not be created.",
        "{name} 创建失败。",
        "Its constructor refused, or there was too little gas.",
        "Check the gas limit of the network: a block must hold at least 10 million gas.",
        "请检查网络的燃料上限：每个区块至少应容纳一千万。",
    ),
    "ModulesMissing": Sentence(
        ContractUsageError,
        "{created} of {expected} contracts are created.",
        "{expected} 个合约中已创建 {created} 个。",
        "The suite is founded when all its contracts stand.",
        "Create the missing contracts first.",
        "请先创建其余合约。",
    ),
    "AllModulesCreated": Sentence(
        ContractUsageError,
        "All contracts of this suite are created.",
        "本系统的合约已全部创建。",
        "Genesis creates what was planned and nothing more.",
        _CLOSED,
        _CLOSED_ZH,
    ),
    "CodeChanged": Sentence(
        ContractVerificationError,
        "The code of {name} has the hash {found}; at its creation it was {expected}.",
        "{name} 的代码哈希为 {found}，创建时为 {expected}。",
        "A contract's code must be the same at the end of the creation as when it was created.",
        "Do not use this suite; create a new one.",
        "请勿使用该系统，应重新创建。",
    ),
    "SuiteClosed": Sentence(
        ContractUsageError,
        "The suite is founded and closed.",
        "本系统已创建完毕并关闭。",
        "A suite is founded once; afterwards Genesis holds no power.",
        _CLOSED,
        _CLOSED_ZH,
    ),
    "NotPlanned": Sentence(
        ContractUsageError,
        "The plan of this suite has no module {name}.",
        "本系统的计划中没有模块 {name}。",
        "Addresses are known only of modules in the plan.",
        "See the modules of the suite: concordat council modules",
        "请查看本系统的模块：concordat council modules",
    ),
    "DirectoryIsSealed": Sentence(
        ContractUsageError,
        "The Directory is sealed: no contract can be added.",
        "目录已封存，不能再添加合约。",
        "In a suite without Council the list of contracts is final.",
        _CLOSED,
        _CLOSED_ZH,
    ),
    "AlreadyListed": Sentence(
        ContractUsageError,
        "{name} is already listed, at {at}.",
        "{name} 已在目录中，地址为 {at}。",
        "A name stands for one contract.",
        "Give every contract of the plan its own name.",
        "计划中的每个合约应使用不同的名称。",
    ),
    "NoCode": Sentence(
        ContractVerificationError,
        "There is no code at {at}, where {name} should be.",
        "{name} 应在的地址 {at} 没有代码。",
        "Only contracts can be listed.",
        _RELEASE,
        _RELEASE_ZH,
    ),
    "AdmissionClosed": Sentence(
        ContractUsageError,
        "The members of this suite are admitted; nobody can be added.",
        "本系统的成员已经确定，不能再增加。",
        "Without a Council there is no path to admit anyone after the creation.",
        "A suite with more members is a new one: concordat suite create",
        "如需更多成员，应创建新的系统：concordat suite create",
    ),
    "InvalidFounder": Sentence(
        ContractUsageError,
        "Founder number {index} (counted from 0) is not valid.",
        "第 {index} 个创始成员（从 0 起）无效。",
        "A founder needs a jurisdiction from 1 to 999, a kind, an account, and only defined powers.",
        "Correct this entry of the founders' file.",
        "请改正创始成员文件中的该条目。",
    ),
    "SecondCentralAuthority": Sentence(
        ContractUsageError,
        "{jurisdiction} has two central authorities.",
        "{jurisdiction} 有两个中央机关。",
        "A jurisdiction speaks with one voice when it adopts its standards.",
        "Leave one central authority for each jurisdiction in the founders' file.",
        "创始成员文件中每个法域只能保留一个中央机关。",
    ),
    "BaselineClosed": Sentence(
        ContractUsageError,
        "The international baseline is laid down and cannot be changed.",
        "国际通用基准已经确定，不能更改。",
        "The baseline binds all standards adopted afterwards.",
        _CLOSED,
        _CLOSED_ZH,
    ),
}
