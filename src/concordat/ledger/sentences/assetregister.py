# SPDX-License-Identifier: Apache-2.0
"""Seized property, from identification to proceeds."""

from __future__ import annotations

from concordat.ledger.sentences.table import ContractAuthorityError, ContractUsageError, Sentence

_SEE = "See what is on record of it with: concordat asset show"
_SEE_ZH = "查看登记情况：concordat asset show"
_PAPER = "Give the file of the paper."
_PAPER_ZH = "请提供文书文件。"

ASSET_REGISTER = {
    "NotTheModule": Sentence(
        ContractAuthorityError,
        "{caller} is not the contract of this suite that may do this.",
        "{caller} 不是本系统中有权执行此操作的合约。",
        "Some steps follow from an act in another contract, and only from it.",
        "Take the act itself with the released client; this step follows by itself.",
        "请用正式发布的客户端办理相应事项，此步骤会自动完成。",
    ),
    "EmptyHash": Sentence(
        ContractUsageError,
        "A paper or commitment is missing: its hash is empty.",
        "缺少文书或承诺值：其哈希为空。",
        "What is on record can be checked later only by the hash of its paper.",
        _PAPER,
        _PAPER_ZH,
    ),
    "UnknownClass": Sentence(
        ContractUsageError,
        "The class of the asset is not given ({assetClass}).",
        "未注明财产类别（{assetClass}）。",
        "Laws treat things, accounts and virtual assets differently.",
        "Name the class of the asset.",
        "请注明财产类别。",
    ),
    "AlreadyIdentified": Sentence(
        ContractUsageError,
        "The asset {asset} is on record already.",
        "财产 {asset} 已有登记。",
        "A thing is entered once, so that nothing is counted twice.",
        _SEE,
        _SEE_ZH,
    ),
    "NoSuchAsset": Sentence(
        ContractUsageError,
        "No asset {asset} is on record.",
        "没有登记财产 {asset}。",
        "The number of an asset is made of its agency's and of the commitment to its description.",
        "Compare the number with the record of the case.",
        "请与案件记录核对编号。",
    ),
    "NoSuchHold": Sentence(
        ContractUsageError,
        "There is no hold {hold}.",
        "没有编号为 {hold} 的控制措施。",
        "A hold begins when its target is named in a freeze request.",
        "Compare request and target with: concordat freeze show",
        "请核对请求和目标：concordat freeze show",
    ),
    "AssetInState": Sentence(
        ContractUsageError,
        "The asset {asset} is {assetState}; this act has no place there.",
        "财产 {asset} 当前状态为 {assetState}，不能办理此事项。",
        "Identified, valued, ordered to be sold, sold, disposed of, one by one; released before a sale.",
        _SEE,
        _SEE_ZH,
    ),
    "NotOfAgency": Sentence(
        ContractAuthorityError,
        "The officer acts for {theirs}; this belongs to {agency}.",
        "该人员代表 {theirs}，而此事项属于 {agency}。",
        "An agency answers for what it keeps and for what was told to it; nobody acts for another.",
        "Use the key of an officer of {agency} (--key).",
        "请使用 {agency} 人员的密钥（--key）。",
    ),
    "NotTheCustodian": Sentence(
        ContractAuthorityError,
        "The officer acts for {theirs}; it is {custodian} that has the asset or was offered it.",
        "该人员代表 {theirs}，而保管或接管该财产的是 {custodian}。",
        "Only who has a thing says that it is there and hands it over; only whom it was offered takes it.",
        "Use the key of a keeper of {custodian} (--key).",
        "请使用 {custodian} 保管人员的密钥（--key）。",
    ),
    "AttestationTooRare": Sentence(
        ContractUsageError,
        "An attestation every {attestEvery} seconds is asked; possible are 1 to {most} seconds.",
        "拟定每 {attestEvery} 秒确认一次保管情况；可设 1 至 {most} 秒。",
        "What nobody looks after for half a year may be gone.",
        "Choose an interval of at most 180 days.",
        "请选择不超过 180 天的间隔。",
    ),
    "UseLink": Sentence(
        ContractUsageError,
        "The part {part} is not filled by a paper.",
        "“{part}”部分不能用文书填写。",
        "Acquisitions that bear on the asset are registered and linked, so that they can be checked.",
        "Link a registered acquisition: its agency and root.",
        "请关联已登记的取证：注明机构和根哈希。",
    ),
    "CostsAbovePrice": Sentence(
        ContractUsageError,
        "The costs {costs} are above the price {price}.",
        "费用 {costs} 高于价款 {price}。",
        "Proceeds are price less costs, and never less than nothing.",
        "Correct the figures; costs beyond the price are not the owner's.",
        "请更正金额；超出价款的费用不由所有人承担。",
    ),
    "ProceedsMisstated": Sentence(
        ContractUsageError,
        "Of the proceeds {proceeds} of {asset}, {given} were divided.",
        "{asset} 的变价款为 {proceeds}，而分配总额为 {given}。",
        "A court decides on all proceeds: what goes back and what is forfeited together are the proceeds.",
        "State both amounts anew.",
        "请重新填写两项金额。",
    ),
    "NoProceedsLeft": Sentence(
        ContractUsageError,
        "So much of the proceeds of {asset} does not go back to victims any more, or not yet.",
        "{asset} 的变价款中没有如此多的金额可返还被害人。",
        "Only what a court awarded goes back, and each unit once.",
        _SEE,
        _SEE_ZH,
    ),
    "DossierIncomplete": Sentence(
        ContractUsageError,
        "The dossier of {asset} misses: {missing}.",
        "财产 {asset} 的卷宗缺少：{missing}。",
        "A case travels with source, nature, ownership and value of every asset, the need for the measure, "
        "and the evidence.",
        "Fill what is missing, then transfer the case.",
        "请补齐后再移送案件。",
    ),
    "NoAssets": Sentence(
        ContractUsageError,
        "No asset is named.",
        "未列明任何财产。",
        "A case without assets needs no transfer here.",
        "Name the assets of the case.",
        "请列明案件所涉财产。",
    ),
    "SaleByCourtOnly": Sentence(
        ContractAuthorityError,
        "A court ordered the sale of {asset}; only a court gives it back.",
        "法院已命令变卖 {asset}，只有法院可以发还。",
        "What a court ordered no agency takes back.",
        "Ask the court.",
        "请向法院申请。",
    ),
}
