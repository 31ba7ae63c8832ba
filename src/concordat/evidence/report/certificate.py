# SPDX-License-Identifier: Apache-2.0
"""The registration certificate: made again, byte for byte, from the package and the chain, at any time.

It knows no "now": it is dated by the block of the registration and shows the events the chain told of.
"""

from __future__ import annotations

from concordat.evidence.report import words
from concordat.evidence.report.collection import report_number, steps_section
from concordat.evidence.report.inputs import CertificateInput, Event, Receipt
from concordat.evidence.report.limits import limits_section
from concordat.evidence.report.listing import Listing, documents_section, exhibits_section, read
from concordat.evidence.report.record import (
    case_section,
    method_section,
    persons_section,
    summary_section,
    time_place_section,
)
from concordat.evidence.report.support import SEEN, Supports, fact
from concordat.evidence.report.verdict import assessment_blocks, reviews_text
from concordat.rendering.content import (
    LIMIT,
    Block,
    Code,
    Column,
    Document,
    Fact,
    Facts,
    Items,
    Paragraph,
    Section,
    Table,
    Text,
    Tone,
    data,
)
from concordat.rendering.times import shown

KIND = "registration-certificate/1"


def registration_certificate(given: CertificateInput) -> Document:
    """Make the registration certificate.

    Args:
        given: everything it says; ``given.exhibits.entries`` is read once.

    """
    record, supports, listing = given.record, Supports(given.steps), read(given.exhibits)
    sections = (
        _certified_section(given),
        summary_section(record, listing),
        _verdict_section(given),
        _after_section(given),
        _ledger_section(given),
        case_section(record, supports),
        persons_section(record, supports),
        time_place_section(record, supports),
        method_section(record, supports),
        steps_section(supports),
        exhibits_section(listing, before_report=False, stages={}),
        documents_section(listing),
        _proof_section(given, listing),
        _hand_section(given.receipt),
        limits_section(registered=True),
        _about_section(given),
    )
    return Document(
        kind=KIND,
        title=Text("Registration Certificate", "电子数据登记证书"),
        number=report_number("RC", str(given.receipt.agency), given.receipt.root),
        agency=record.agency,
        case=record.case,
        case_title=record.title,
        dated=given.receipt.registered_at,
        generator=given.generator,
        statement=words.STATEMENT,
        review=reviews_text((given.assessment,)),
        sections=sections,
    )


def _certified_section(given: CertificateInput) -> Section:
    """Say in one paragraph what is certified."""
    receipt, at = given.receipt, shown(given.receipt.registered_at)[0]
    exhibits = receipt.leaves - 1
    text = Text(
        f"The root hash below, over the manifest and {exhibits:,} exhibits, was registered on the ledger "
        "by agency "
        f"number {receipt.agency} at {at.en}. Since that moment any change to a registered byte can be "
        "detected.",
        f"下列根哈希涵盖清单（manifest）和{exhibits:,}件检材，"
        f"由第{receipt.agency}号机关于{at.zh}在账本上登记。"
        "自该时刻起，所登记数据的任何改动均可被发现。",
    )
    rows = (
        fact("root", Text("Root", "根哈希"), data(receipt.root), backed=SEEN, mono=True),
        fact(
            "registered_at",
            Text("Registered", "登记时间"),
            *shown(receipt.registered_at, given.record.started.tzinfo),
            backed=SEEN,
        ),
    )
    return Section("certified", Text("What is certified", "证明事项"), (Paragraph(text), Facts(rows)))


def _verdict_section(given: CertificateInput) -> Section:
    """Show the verdict at registration and the one that stands now."""
    note = Paragraph(
        Text(
            "The contract computed this verdict from the stored facts at registration. It is an assessment "
            "of declared facts, not a ruling. Findings stand apart from it, in the collection report.",
            "本结论由合约在登记时依所存事实计算得出，是对所申报事实的评估，并非裁决。"
            "发现事项与结论分列，见取证报告。",
        ),
        Tone.NOTE,
    )
    standing = words.verdict(given.standing)
    status = fact("verdict.standing", Text("Verdict that stands", "现行结论"), standing, backed=SEEN)
    blocks = (note, *assessment_blocks(given.assessment), Facts((status,)))
    return Section("assessment", Text("Verdict at registration", "登记时的结论"), blocks)


def _after_section(given: CertificateInput) -> Section:
    """Tell what happened after registration."""
    rows = [
        fact("withdrawn", Text("Withdrawn", "已撤回"), words.yes(given.withdrawn), backed=SEEN),
        _root("supersedes", Text("Supersedes", "取代"), given.supersedes),
        _root("superseded_by", Text("Superseded by", "被取代"), given.superseded_by),
        fact(
            "date_confirmed",
            Text("Date confirmed", "日期已确认"),
            words.yes(given.date_confirmed),
            backed=SEEN,
        ),
    ]
    blocks: list[Block] = [Facts(tuple(rows))]
    if given.events:
        blocks.append(_events_table(given.events))
    else:
        blocks.append(Paragraph(Text("The ledger tells of no later event.", "账本上无后续事件。")))
    return Section("after", Text("After registration", "登记之后"), tuple(blocks))


def _root(key: str, label: Text, root: str) -> Fact:
    return fact(key, label, data(root) if root else words.NONE, backed=SEEN, mono=bool(root))


def _events_table(events: tuple[Event, ...]) -> Table:
    columns = (
        Column("event", Text("Event", "事件"), 16),
        Column("at", Text("Time", "时间"), 22),
        Column("detail", Text("What", "内容"), 24),
        Column("by", Text("By, and transaction", "执行者与交易"), 38, mono=True),
    )
    rows = tuple(
        ((data(event.kind),), shown(event.at), (event.detail,), (data(event.actor), data(event.transaction)))
        for event in events[:LIMIT]
    )
    return Table("events", columns, rows)


def _ledger_section(given: CertificateInput) -> Section:
    """Say where on which chain the registration is."""
    receipt = given.receipt
    plain = (
        ("chain_id", Text("Chain id", "链标识"), str(receipt.chain_id)),
        ("block", Text("Block", "区块"), f"{receipt.block}"),
        ("log_index", Text("Log index", "日志序号"), str(receipt.log_index)),
        ("agency.number", Text("Agency number", "机关编号"), str(receipt.agency)),
        ("officers", Text("Officers counted", "计入的取证人员数"), str(given.officers)),
    )
    hashes = (
        ("genesis", Text("Identity of the suite", "合约组标识"), receipt.genesis),
        ("registry", Text("Registry contract", "登记合约"), receipt.registry),
        ("transaction", Text("Transaction", "交易"), receipt.transaction),
        ("block_hash", Text("Block hash", "区块哈希"), receipt.block_hash),
        ("collector.address", Text("Collector's key (address)", "取证人密钥（地址）"), receipt.collector),
        ("facts", Text("Stored facts, packed", "所存事实（编码）"), given.facts),
    )
    rows = (
        *(fact(key, label, data(value), backed=SEEN) for key, label, value in plain),
        *(fact(key, label, data(value), backed=SEEN, mono=True) for key, label, value in hashes),
    )
    return Section("ledger", Text("Registration on the ledger", "账本登记信息"), (Facts(rows),))


def _proof_section(given: CertificateInput, listing: Listing) -> Section:
    """Say what the root covers and by which hashes."""
    rows = (
        fact("leaves", Text("Leaves of the tree", "树叶数"), data(f"{given.receipt.leaves:,}"), backed=SEEN),
        fact(
            "manifest.sha256",
            Text("SHA-256 of manifest.json", "manifest.json的SHA-256"),
            data(given.receipt.manifest_sha256),
            backed=None,
            mono=True,
        ),
        fact(
            "exhibits.list.sha256",
            Text("SHA-256 of exhibits.jsonl", "exhibits.jsonl的SHA-256"),
            data(listing.sha256),
            backed=None,
            mono=True,
        ),
        fact(
            "report.sha256",
            Text("SHA-256 of the collection report", "取证报告（JSON）的SHA-256"),
            data(given.report_sha256),
            backed=None,
            mono=True,
        ),
    )
    text = Text(
        "The root is that of a Merkle tree (RFC 6962, SHA-256). Leaf 0 is manifest.json, leaf i is line i of "
        "exhibits.jsonl, each with its own secret salt derived from salt.seed. proof.json holds the path.",
        "根哈希为默克尔树（RFC 6962，SHA-256）之根：第0叶为manifest.json，第i叶为exhibits.jsonl第i行，"
        "各叶均加入由salt.seed导出的独立保密盐值；路径见proof.json。",
    )
    return Section("proof", Text("What the root covers", "根哈希的涵盖范围"), (Paragraph(text), Facts(rows)))


def _hand_section(receipt: Receipt) -> Section:
    """Say how to verify by hand, with tools that every Unix has."""
    steps = (
        Text(
            "Hash the list and compare it with exhibits_sha256 in manifest.json; hash each exhibit and "
            "compare it "
            "with its line in the list.",
            "计算清单的哈希值，与manifest.json中的exhibits_sha256比对；逐一计算检材哈希值，"
            "与清单对应行比对。",
        ),
        Text(
            "Compute leaf 0 as below. A leaf is SHA-256 of byte 00, the salt and the data; a node is "
            "SHA-256 of byte "
            "01, the left and the right hash. Join them along proof.json; the result is the root.",
            "按下列命令计算第0叶。叶为字节00、盐值与数据相接后的SHA-256；节点为字节01、"
            "左哈希与右哈希相接后的SHA-256。"
            "沿proof.json逐层相接，所得即根哈希。",
        ),
        Text(
            "Ask a node that you trust for the receipt of the transaction; its log holds the root, the "
            "registry is its "
            "address, and its block has the hash stated above.",
            "向所信任的节点查询交易回执：其日志载有该根哈希，地址为登记合约，所在区块哈希与上文一致。",
        ),
    )
    lines = (
        "sha256sum exhibits.jsonl",
        "SEED=$(cat salt.seed)",
        r"SALT=$(printf 'concordat leaf salt\000\000\000\000\000\000\000\000' |",
        "  openssl dgst -sha256 -mac HMAC -macopt hexkey:$SEED -r | cut -c1-64)",
        r"{ printf $(printf '00%s' $SALT | sed 's/../\\x&/g'); cat manifest.json; } | sha256sum",
        f"TX={receipt.transaction}",
        "curl -s $NODE -H 'content-type: application/json' -d \\",
        """  '{"jsonrpc":"2.0","id":1,"method":"eth_getTransactionReceipt","params":["'$TX'"]}'""",
    )
    return Section(
        "by_hand",
        Text("How to verify by hand", "如何手工核验"),
        (Items(steps, ordered=True), Code(lines)),
    )


def _about_section(given: CertificateInput) -> Section:
    rows = (
        fact("generator", Text("Made by", "生成程序"), data(given.generator), backed=None),
        fact(
            "record.sha256",
            Text("SHA-256 of record.yaml", "record.yaml的SHA-256"),
            data(given.record.sha256),
            backed=None,
            mono=True,
        ),
    )
    text = Text(
        "This certificate can be made again from the package and the chain; the same events give the same "
        "bytes.",
        "本证书可由取证包与链上数据重新生成；事件相同，则字节完全相同。",
    )
    return Section("about", Text("About this certificate", "关于本证书"), (Facts(rows), Paragraph(text)))
