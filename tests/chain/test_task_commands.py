# SPDX-License-Identifier: Apache-2.0
"""Tasks within a country, as units and a coordinator type them."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from casestage import written
from hall import DAY, Hall, Office, Offices


def _due(hall: Hall, later: int = 5 * DAY) -> tuple[str, str]:
    return "--due", datetime.fromtimestamp(max(hall.now, int(time.time())) + later, UTC).isoformat()


@pytest.fixture
def ministry(office: Offices) -> Office:
    """Assigns and coordinates."""
    found = office("CN-MPS")
    written(found.folder, "task.txt", "Visit the persons of list 4.")
    written(found.folder, "other.txt", "Visit the persons of list 5.")
    return found


@pytest.fixture
def unit(office: Offices) -> Office:
    """Does it."""
    found = office("CN-YUNNAN")
    written(found.folder, "result.txt", "All were visited.")
    return found


def test_assigned_accepted_done_with_times(hall: Hall, ministry: Office, unit: Office) -> None:
    order = ("case", "task", "assign", "CN-YUNNAN", "task.txt", *_due(hall))
    task = ministry.done(*order)["task"]
    assert ministry.done(*order)["before"]
    assert "needs a yes" in unit.refused("case", "task", "accept", task)
    assert "list 4" in unit("case", "task", "accept", task).err
    unit.done("case", "task", "accept", task[:14], "--yes")
    unit.done("case", "task", "done", task, "result.txt")
    assert unit.done("case", "task", "done", task, "result.txt")["before"]
    shown = ministry.done("case", "task", "show", task)
    assert (shown["status"], shown["result"]) == ("DONE", "All were visited.")
    assert shown["assigned"] <= shown["accepted"] <= shown["ended"]
    assert "All were visited." in ministry("case", "task", "show", task).out


def test_late_is_overdue_and_others_see_no_text(
    hall: Hall, ministry: Office, unit: Office, office: Offices
) -> None:
    task = ministry.done("case", "task", "assign", "CN-YUNNAN", "task.txt", *_due(hall))["task"]
    hall.pass_time(6 * DAY)
    (listed,) = unit.done("case", "task", "list")["tasks"]
    assert (listed["status"], listed["late"]) == ("OVERDUE", True)
    assert "OVERDUE" in unit("case", "task", "list").out
    court = office("CN-HPC")
    assert court.done("case", "task", "list")["tasks"] == []
    (seen,) = court.done("case", "task", "list", "--country")["tasks"]
    assert seen["to"] == "CN-YUNNAN"
    assert court.done("case", "task", "show", task)["text"] is None
    assert office("MY-PDRM").done("case", "task", "list", "--country")["tasks"] == []


def test_declined_cancelled_consolidated(hall: Hall, ministry: Office, unit: Office) -> None:
    due = _due(hall)
    one = ministry.done("case", "task", "assign", "CN-YUNNAN", "task.txt", *due)["task"]
    two = ministry.done("case", "task", "assign", "CN-YUNNAN", "other.txt", *due)["task"]
    ministry.done("case", "task", "consolidate", one, two)
    assert ministry.done("case", "task", "consolidate", one, two)["before"]
    assert ministry.done("case", "task", "show", two)["into"] == one
    unit.done("case", "task", "decline", two, "--reason", "NOT_COMPETENT")
    assert ministry.done("case", "task", "show", two)["status"] == "DECLINED"
    ministry.done("case", "task", "cancel", one)
    assert unit.done("case", "task", "show", one)["status"] == "CANCELLED"


def test_what_cannot_be_is_a_sentence(hall: Hall, ministry: Office, unit: Office) -> None:
    assert ministry.refused("case", "task", "assign", "MY-PDRM", "task.txt", *_due(hall))
    assert "No tasks begin with" in unit.refused("case", "task", "accept", "0x123456")
    task = ministry.done("case", "task", "assign", "CN-YUNNAN", "task.txt", *_due(hall))["task"]
    assert unit.refused("case", "task", "done", task, "result.txt")
    assert "not joined with itself" in ministry.refused("case", "task", "consolidate", task, task)
