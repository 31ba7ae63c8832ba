# SPDX-License-Identifier: Apache-2.0
"""What Brownie does beside the tests, and what takes it longer than they do: left out, or done faster.

None of it changes what a test finds. Coverage needs Brownie as it is.
"""

import gc
import sys
from functools import partial
from typing import Any

import requests
from brownie._config import CONFIG
from brownie.exceptions import decode_typed_error
from brownie.network import web3
from brownie.network.contract import ContractContainer
from brownie.network.state import Chain, _contract_map
from brownie.network.transaction import TransactionReceipt
from web3 import HTTPProvider
from web3.types import RPCEndpoint


def hurry() -> None:
    """All of it."""
    go_back_fast()
    undo_nothing()
    ask_less()
    ask_why_instead_of_tracing()


def go_back_fast() -> None:
    """Let going back to a snapshot take milliseconds, for it is done after every test.

    Brownie then looks for objects that nobody needs, among all that there are, and asks the node for the code
    of each contract that it knows. But what was there at the snapshot is there again, and the rest is not.
    """
    take_snapshot, standing = Chain.snapshot, set[str]()

    def snapshot(chain: Chain) -> None:
        take_snapshot(chain)
        standing.clear()
        standing.update(_contract_map)
        gc.freeze()

    def forget(container: ContractContainer, _height: int) -> None:
        for contract in [each for each in container if each.address not in standing]:
            container.remove(contract)
            contract._reverted = True

    Chain.snapshot = snapshot
    ContractContainer._revert = forget


def undo_nothing() -> None:
    """Let no snapshot be taken after each transaction, for `chain.undo`: no test goes back by one."""
    Chain._add_to_undo_buffer = lambda *_: None


def ask_less() -> None:
    """Let one connection do for all threads, and ask for the chain's id once.

    Each transaction has a thread, which would open a connection of its own, and look up for each request
    whether the environment names a proxy.
    """
    session = requests.Session()
    session.trust_env = False
    lasting = {RPCEndpoint("eth_chainId")}
    sys.modules["brownie.network.web3"].HTTPProvider = partial(
        HTTPProvider, session=session, cache_allowed_requests=True, cacheable_requests=lasting
    )


def ask_why_instead_of_tracing() -> None:
    """Let a refused transaction be asked once more, as a call in its own block, where it finds what it found.

    The answer carries the typed error. Brownie instead asks for the trace and maps every step of it to the
    sources, to find the line and a comment there: longer than most tests take. With --revert-tb it does.
    """
    traced, explain = TransactionReceipt.revert_msg.fget, TransactionReceipt._raise_if_reverted

    def why(receipt: Any) -> str | None:
        if not receipt.status and receipt._revert_msg is None and receipt.receiver:
            receipt._revert_msg = refusal_of(receipt)
        return traced(receipt)

    def raise_if_reverted(receipt: Any, refusal: Any) -> None:
        if receipt.status or CONFIG.argv["revert"] or not why(receipt):
            explain(receipt, refusal)
        else:
            raise refusal._with_attr(revert_msg=receipt.revert_msg)

    TransactionReceipt.revert_msg = property(why)
    TransactionReceipt._raise_if_reverted = raise_if_reverted


def refusal_of(receipt: Any) -> str | None:
    """What the contract answered, as Brownie shows it; None where a call says nothing."""
    call = {
        "from": str(receipt.sender),
        "to": str(receipt.receiver),
        "data": receipt.input,
        "value": hex(receipt.value),
        "gas": hex(receipt.gas_limit),
    }
    answer = web3.provider.make_request(RPCEndpoint("eth_call"), [call, hex(receipt.block_number)])
    data = answer.get("error", {}).get("data")
    return decode_typed_error(data) if isinstance(data, str) and len(data) > len("0x") else None
