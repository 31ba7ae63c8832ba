# SPDX-License-Identifier: Apache-2.0
"""An order with two targets, as tests write and change it.

All names and numbers are invented or test ranges.
"""

from __future__ import annotations

import pytest

from concordat.assets.orders.fieldtree import Mistake, MistakesError
from concordat.assets.orders.order import Order
from concordat.assets.orders.orderfile import parse

UETR = "0b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d"
ORDER = f"""\
concordat: order/1
number: STOP-2026-0042
case: "0317"
measure: STOP_PAYMENT
asset_class: CASH
jurisdiction: SG
agency: MY-PDRM
officer: {{name: Aminah Example, rank: Inspector, contact: "+60 3 0000 0000, at any hour", badge: RF-1}}
legal_basis:
  - {{law: CPC, article: "116D", title: Criminal Procedure Code}}
grounds: >-
  The victim paid after a call from somebody
  who said that he was of the bank.
period: {{count: 48, unit: HOURS}}
confidential: true
confidential_until: 2026-12-22T00:00:00+08:00
targets:
  - institution: SG-BANK-A
    account: iban:GB33 BUKB 2020 1555 5555 55
    holder: Example Holder
    amount: SGD 1,234.50
    scope: {{later_credits: false, interest: false}}
    payment: {{amount: MYR 4000.00, value_time: 2026-11-20T09:30:00+08:00, uetr: {UETR}}}
    notice: {{text: Your account is held., language: en}}
  - institution: 17
    account: account:DBSSSGSG:0123-456
    holder: Other Holder
    whole_balance: SGD
    scope: {{later_credits: true, interest: true}}
    payment:
      amount: MYR 250.00
      value_time: 2026-11-20T10:00:00Z
      end_to_end_id: E2E-1
      transaction_hash: "0x{"ab" * 32}"
      payer: iban:GB33BUKB20201555555555
      payee: account:DBSSSGSG:0123456
"""


def changed(old: str, new: str) -> str:
    """The order with one thing changed, which has to be there."""
    assert old in ORDER, old
    return ORDER.replace(old, new)


def order() -> Order:
    """The order as it stands."""
    return parse(ORDER)


def mistakes(text: str) -> tuple[Mistake, ...]:
    """Every mistake of a text that has some."""
    with pytest.raises(MistakesError) as refused:
        parse(text)
    return refused.value.mistakes
