# SPDX-License-Identifier: Apache-2.0
"""Creation of a suite: the founders' file, the baseline, the deployment record.

# founders.yaml
- {jurisdiction: MY, kind: CENTRAL_AUTHORITY, account: "0x...", name: MY-AGC, charter: [VOTE]}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from concordat.errors import UsageError
from concordat.evidence import places, store
from concordat.evidence.methods import Method
from concordat.evidence.rulebook import BASELINE, Rulebook, bundled
from concordat.evidence.standards import Origin
from concordat.membership import powers
from concordat.membership.agencies import AgencyKind

if TYPE_CHECKING:
    from concordat.ledger.deploy import BaselineStandard, Founder, Suite
    from concordat.ledger.protocol import Signer
    from concordat.ledger.rpc import Transport

_FIELDS = ("jurisdiction", "kind", "account", "name", "charter")
DEPLOYMENT_VERSION = "deployment/1"


def founders(text: str, address_of: Callable[[str], str] | None = None) -> list[Founder]:
    """Read the founders' file.

    Args:
        text: YAML, a list of mappings with jurisdiction (code or number), kind, account, name, charter.
        address_of: gives the address of an account that is a key URI; None: only addresses are taken.

    Raises:
        UsageError: says which entry is wrong and what would be right.
    """
    try:
        entries = YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise _wrong(f"it is not YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(entries, list) or not entries:
        raise _wrong("it is not a list of founders")
    return [_founder(number, entry, address_of) for number, entry in enumerate(entries, 1)]


def baseline(rulebook: Rulebook | None = None) -> list[BaselineStandard]:
    """The international baseline as it is laid down at the creation, one standard a method.

    Args:
        rulebook: the bundled one by default.
    """
    from concordat.ledger.deploy import BaselineStandard

    book = rulebook or bundled(BASELINE)
    found = []
    for method in sorted(Method):
        if book.versions(Origin.DOMESTIC, method):
            core, extension = book.compile(Origin.DOMESTIC, method).pack()
            found.append(BaselineStandard(int(method), core, extension))
    return found


def create_suite(
    transport: Transport,
    deployer: Signer,
    members: Sequence[Founder],
    standards: Sequence[BaselineStandard] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Suite:
    """Create a suite and assert everything about it.

    Args:
        transport: the way to the node.
        deployer: pays; holds no power afterwards.
        members: the founders.
        standards: the baseline; the bundled one by default.
        say: told each step as it is done.

    Raises:
        ConcordatError: a step was refused.
        VerificationError: what stands on the chain is not what was planned.
    """
    from concordat.ledger import deploy

    plan = deploy.plan(members, baseline() if standards is None else standards)
    return deploy.create(transport, deployer, plan, say)


def deployment_record(suite: Suite, members: Sequence[Founder]) -> dict[str, Any]:
    """What ``deployments/<network>.json`` holds: all that a client needs to find and pin the suite."""
    return {
        "concordat": DEPLOYMENT_VERSION,
        "chain_id": suite.chain_id,
        "genesis_id": "0x" + suite.genesis_id.hex(),
        "genesis": suite.genesis,
        "directory": suite.directory,
        "modules": suite.modules,
        "code_hashes": suite.code_hashes,
        "block": suite.block,
        "founded_in": suite.founded_in,
        "gas_used": suite.gas_used,
        "founders": [
            {
                "jurisdiction": member.jurisdiction,
                "kind": AgencyKind(member.kind).name,
                "account": member.account,
                "name": member.name,
                "charter": powers.to_names(member.charter),
            }
            for member in members
        ],
    }


def read_deployment(path: Path) -> Mapping[str, Any]:
    """Read a deployment record.

    Raises:
        FileError: it cannot be read.
        UsageError: it is none.
    """
    with store.guard("read the deployment record"):
        text = path.read_text(encoding="utf-8")
    try:
        record = json.loads(text)
        if record["concordat"] == DEPLOYMENT_VERSION:
            return dict(record)
    except (ValueError, KeyError, TypeError):
        pass
    raise UsageError(
        f"{path} is no deployment record.",
        code="deployment.form",
        next="Use the file that the deployer wrote.",
    )


def _founder(number: int, entry: Any, address_of: Callable[[str], str] | None) -> Founder:
    from concordat.ledger.deploy import Founder

    if not isinstance(entry, dict):
        raise _wrong(f"entry {number} is not a mapping with {', '.join(_FIELDS)}")
    for name in (*_FIELDS, *entry):
        if name not in entry or name not in _FIELDS:
            problem = "lacks" if name in _FIELDS else "has the unknown field"
            raise _wrong(f"entry {number} {problem} '{name}'; it has {', '.join(_FIELDS)}")
    name = str(entry["name"])
    if not name.isascii() or not 0 < len(name) <= 32:
        raise _wrong(f"entry {number}: the name must have 1 to 32 ASCII characters")
    return Founder(
        jurisdiction=_jurisdiction(number, entry["jurisdiction"]),
        kind=_kind(number, entry["kind"]),
        account=_account(number, entry["account"], address_of),
        charter=int(powers.from_names(_names(number, entry["charter"]))),
        name=name,
    )


def _jurisdiction(number: int, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1000:
        return value
    try:
        return places.numeric(str(value))
    except places.PlaceError as error:
        raise _wrong(f"entry {number}: {error.message}") from error


def _kind(number: int, value: Any) -> int:
    try:
        return AgencyKind[str(value).upper()]
    except KeyError:
        kinds = ", ".join(kind.name for kind in AgencyKind)
        raise _wrong(f"entry {number}: '{value}' is no kind; use one of {kinds}") from None


def _account(number: int, value: Any, address_of: Callable[[str], str] | None) -> str:
    from eth_utils.address import is_address, to_checksum_address

    if not isinstance(value, str):  # YAML reads 0x... as a number, and its leading zeros are lost
        raise _wrong(f"entry {number}: the account must stand in quotes")
    if address_of is not None and ":" in value:
        value = address_of(value)
    if not is_address(value):
        raise _wrong(f"entry {number}: '{value}' is no address (0x and 40 digits)")
    return str(to_checksum_address(value))


def _names(number: int, value: Any) -> list[str]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    raise _wrong(
        f"entry {number}: the charter is a list of powers: {', '.join(powers.to_names(powers.DEFINED))}"
    )


def _wrong(what: str) -> UsageError:
    return UsageError(
        f"The founders' file is not right: {what}.",
        code="founders.form",
        kept="Nothing was sent.",
        next="Correct the file and run the command again.",
    )
