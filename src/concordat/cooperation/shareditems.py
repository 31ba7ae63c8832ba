# SPDX-License-Identifier: Apache-2.0
"""What a grant lets another agency read: items with named fields, as they are written and as they travel.

    concordat: items/1
    items:
      - id: account-7
        fields: {ACCOUNTS: "PAYGATE 100200300", FACTS: Received 41 transfers.}
      - id: server-image
        resident: true
        fields: {EVIDENCE: image of rack 7}

An item that is ``resident`` never leaves: what travels of it is its id and a proof, by which its holder can
show later that it had exactly this.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntFlag, unique
from hashlib import sha256
from typing import Any, Final

from eth_utils.crypto import keccak
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from concordat.errors import UsageError, VerificationError
from concordat.evidence import canonical, fields, rulefields
from concordat.evidence.laws import Text
from concordat.evidence.rulefields import Finding, Reader
from concordat.evidence.yamltree import entries

FORMAT: Final = "items/1"
SEALED_FORMAT: Final = "concordat/shared-items/1"
SEALED_KIND: Final = "shared-items"
LONGEST: Final = 10_000
MOST_ITEMS: Final = 5_000
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@unique
class SharedField(IntFlag):
    """Fields that a grant can name; the bits are on the chain and never given to anything else."""

    PERSONS = 1 << 0
    DOCUMENTS = 1 << 1
    PHONES = 1 << 2
    ACCOUNTS = 1 << 3
    TRANSACTIONS = 1 << 4
    WALLETS = 1 << 5
    DEVICES = 1 << 6
    ADDRESSES = 1 << 7
    SITES = 1 << 8
    TRAVEL = 1 << 9
    SUBSCRIBER = 1 << 10
    TRAFFIC = 1 << 11
    CONTENT = 1 << 12
    FACTS = 1 << 13
    EVIDENCE = 1 << 14
    VICTIMS = 1 << 15

    def label(self) -> Text:
        """Its name for people."""
        return _LABELS[self]


def fields_in(mask: int) -> list[SharedField]:
    """The known fields of a mask, in the order of their bits."""
    return [each for each in SharedField if each & mask]


@dataclass(frozen=True)
class Item:
    """Something that can be shared.

    Attributes:
        resident: its body stays in the country.
        values: by the names of fields; of a resident item that came from elsewhere, none.
        proof: of the whole item, hex; "" where it was not made yet.
    """

    id: str
    resident: bool
    values: Mapping[str, tuple[str, ...]] = field(repr=False)
    proof: str = ""

    def whole(self) -> bytes:
        """Canonical JSON of all of it."""
        values = {name: list(each) for name, each in self.values.items()}
        return canonical.dumps({"id": self.id, "resident": self.resident, "fields": values})

    def narrowed(self, mask: int, secret: bytes) -> Item:
        """What may travel: the granted fields, or of a resident item its proof alone.

        Args:
            mask: bits of the fields.
            secret: of the holder, 32 bytes; without it nobody can guess what a proof is of.
        """
        names = {str(each.name) for each in fields_in(mask)}
        kept = {} if self.resident else {name: v for name, v in self.values.items() if name in names}
        return Item(self.id, self.resident, kept, self.proof or proof(self, secret))

    def as_json(self) -> dict[str, Any]:
        """For the sealed message."""
        values = {name: list(each) for name, each in self.values.items()}
        return {"id": self.id, "resident": self.resident, "fields": values, "proof": self.proof}


@dataclass(frozen=True)
class SharedItems:
    """What is sealed under a grant.

    Attributes:
        grant: its id.
        salt, ids: open what the chain was told of the items.
    """

    grant: bytes
    salt: bytes
    ids: tuple[str, ...]
    items: tuple[Item, ...] = field(repr=False)

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return canonical.dumps(
            {
                "format": SEALED_FORMAT,
                "grant": self.grant.hex(),
                "salt": self.salt.hex(),
                "ids": list(self.ids),
                "items": [each.as_json() for each in self.items],
            }
        )


def items_hash(salt: bytes, ids: Iterable[str]) -> bytes:
    """What the chain is told of the items: ``keccak256(salt, canonical JSON of the sorted ids)``."""
    return bytes(keccak(salt + canonical.dumps(sorted(set(ids)))))


def proof(item: Item, secret: bytes) -> str:
    """Proof of an item that stays: HMAC-SHA256 of it under a key of its own."""
    key = hmac.digest(secret, item.id.encode(), sha256)
    return hmac.digest(key, item.whole(), sha256).hex()


def read_sealed(data: bytes) -> SharedItems:
    """What is in a sealed message.

    Raises:
        VerificationError: it holds no items.
    """
    values = canonical.loads(data, "the message")
    fields.check(values, "the message", _FORM)
    items = tuple(
        Item(each["id"], each["resident"], {n: tuple(v) for n, v in each["fields"].items()}, each["proof"])
        for each in values["items"]
    )
    found = SharedItems(
        bytes.fromhex(values["grant"]), bytes.fromhex(values["salt"]), tuple(values["ids"]), items
    )
    if any(each.id not in found.ids for each in items):
        raise VerificationError("The message holds an item that was not granted.", code="grant.items")
    return found


def read_items(text: str, path: str) -> tuple[Item, ...]:
    """Items as an officer wrote them, or as they were kept when they came.

    Raises:
        UsageError: with every mistake.
    """
    root = rulefields.compose(text)
    reader = _Items()
    findings = [root] if isinstance(root, Finding) else []
    found = () if isinstance(root, Finding) else reader.read(root)
    findings += sorted(reader.findings)
    if findings:
        more = "\n".join(f"  {each.at(path)}" for each in findings[:20])
        raise UsageError(
            f"{path} cannot be shared:\n{more}",
            code="grant.items",
            kept="Nothing was sent.",
            next="Correct it.",
        )
    return found


def template(lang: str) -> str:
    """A file of items to begin with, in ``en`` or ``zh``."""
    zh = lang == "zh"
    known = "\n".join(f"#   {each.name:14}{each.label()[lang]}" for each in SharedField)
    head = "可共享字段：" if zh else "Fields that can be granted:"
    stays = (
        "resident: true 表示数据不得出境，只发送证明。" if zh else "resident: true never leaves the country."
    )
    return (
        f"# {head}\n{known}\n# {stays}\nconcordat: {FORMAT}\nitems:\n"
        '  - id: account-7\n    fields: {ACCOUNTS: "EXAMPLE PAY 100200300", FACTS: Received 41 transfers.}\n'
        "  - id: server-image\n    resident: true\n    fields: {EVIDENCE: Image of rack 7.}\n"
    )


def as_file(items: Sequence[Item]) -> dict[str, Any]:
    """Items as a file of the same form, so that they can be passed on."""
    return {"concordat": FORMAT, "items": [each.as_json() for each in items]}


class _Items(Reader):
    """Reads the file of items."""

    def read(self, root: Node) -> tuple[Item, ...]:
        parts = self.mapping(root, ("concordat", "items"))
        said = self.string(parts.get("concordat"))
        if said is not None and said != FORMAT:
            self.report(parts["concordat"], f"this is no file of the format {FORMAT}")
        nodes = self.items(parts.get("items"))
        if len(nodes) > MOST_ITEMS:
            self.report(root, f"there are more than {MOST_ITEMS} items")
            return ()
        found: dict[str, Item] = {}
        for node in nodes:
            item = self.item(node)
            if item and item.id in found:
                self.report(node, f"{item.id} is there twice")
            elif item:
                found[item.id] = item
        return tuple(found.values())

    def item(self, node: Node) -> Item | None:
        parts = self.mapping(node, ("id",), ("fields", "resident", "proof"))
        name = self.identifier(parts.get("id"))
        resident = bool(self.boolean(parts.get("resident")))
        made = parts.get("proof")
        known = str(made.value) if made is not None and re.fullmatch("[0-9a-f]{64}", str(made.value)) else ""
        if made is not None and not known:
            self.report(made, "a proof has 64 hexadecimal digits")
        values = self.values(parts.get("fields"))
        if not values and not known and "id" in parts:
            self.report(node, "it has neither fields nor a proof")
        return Item(name, resident, values, known) if name else None

    def identifier(self, node: Node | None) -> str | None:
        found = self.string(node)
        if found is None or node is None or _ID.fullmatch(found):
            return found
        self.report(node, "an id has 1 to 64 letters, digits, dots and dashes")
        return None

    def values(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self.report(node, "fields with their values are expected here")
            return {}
        found: dict[str, tuple[str, ...]] = {}
        for entry in entries(node):
            name = entry.name or "?"
            if name not in SharedField.__members__:
                self.report(
                    entry.key, f"unknown field {name!r}{rulefields.nearest(name, SharedField.__members__)}"
                )
                continue
            texts = entry.value.value if isinstance(entry.value, SequenceNode) else [entry.value]
            said = tuple(text for each in texts if (text := self.string(each)) is not None)
            if any(len(each) > LONGEST for each in said):
                self.report(entry.value, f"a value has at most {LONGEST} characters")
            found[name] = said
        return found


def _values(value: Any) -> bool:
    texts = fields.list_of(fields.text)
    return isinstance(value, dict) and all(
        name in SharedField.__members__ and texts(each) for name, each in value.items()
    )


def _ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and _ID.fullmatch(each) for each in value)


_ITEM: Final[Mapping[str, fields.Check]] = {
    "id": lambda value: _ids([value]),
    "resident": fields.flag,
    "fields": _values,
    "proof": fields.text,
}
_FORM: Final[Mapping[str, fields.Check]] = {
    "format": fields.one_of(SEALED_FORMAT),
    "grant": fields.hexed(32),
    "salt": fields.hexed(32),
    "ids": _ids,
    "items": fields.list_of(fields.within(_ITEM)),
}
_LABELS: Final[Mapping[SharedField, Text]] = {
    SharedField.PERSONS: Text("persons", "人员"),
    SharedField.DOCUMENTS: Text("identity documents", "身份证件"),
    SharedField.PHONES: Text("phone numbers", "电话号码"),
    SharedField.ACCOUNTS: Text("accounts", "账户"),
    SharedField.TRANSACTIONS: Text("transactions", "交易记录"),
    SharedField.WALLETS: Text("wallets of virtual assets", "虚拟资产钱包"),
    SharedField.DEVICES: Text("devices", "设备"),
    SharedField.ADDRESSES: Text("network addresses and domains", "网络地址和域名"),
    SharedField.SITES: Text("places", "地点"),
    SharedField.TRAVEL: Text("travel", "出入境和行程"),
    SharedField.SUBSCRIBER: Text("subscriber data", "用户信息"),
    SharedField.TRAFFIC: Text("traffic data", "流量数据"),
    SharedField.CONTENT: Text("content of communication", "通信内容"),
    SharedField.FACTS: Text("facts of the case", "案件事实"),
    SharedField.EVIDENCE: Text("evidence", "证据"),
    SharedField.VICTIMS: Text("victims", "被害人"),
}
