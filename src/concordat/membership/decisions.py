# SPDX-License-Identifier: Apache-2.0
"""What the Council can decide: each call of its closed table, with its kind, and as a sentence for voters.

Nobody votes on hexadecimal digits: what a proposal would do is decoded from its calldata and said in words;
what the table does not know is said to be unknown, and the contract refuses it anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum, unique
from typing import Any, Final

from concordat.errors import UsageError
from concordat.evidence import places
from concordat.evidence.laws import Text
from concordat.membership import numbers, powers
from concordat.membership.agencies import AgencyKind

REGISTRY: Final = "AgencyRegistry"
COUNCIL: Final = "Council"
TIMELOCK: Final = "CouncilTimelock"
DIRECTORY: Final = "Directory"
RULES: Final = "CommonRules"


@unique
class DecisionKind(IntEnum):
    """Kinds of decisions; each has a quorum and a threshold of its own."""

    NONE = 0
    ADMISSION = 1
    SUSPENSION = 2
    EXCLUSION = 3
    RULES = 4
    MODULES = 5
    CONSTITUTION = 6

    def label(self) -> Text:
        """Its name for people."""
        return _KINDS[self]


_KINDS: Final[Mapping[DecisionKind, Text]] = {
    DecisionKind.NONE: Text("nothing that the Council can decide", "理事会无权决定的事项"),
    DecisionKind.ADMISSION: Text("admission", "接纳成员"),
    DecisionKind.SUSPENSION: Text("suspension", "暂停权限"),
    DecisionKind.EXCLUSION: Text("exclusion, or replacement of a key", "除名或者更换密钥"),
    DecisionKind.RULES: Text("common rules", "共同规则"),
    DecisionKind.MODULES: Text("modules of the suite", "系统模块"),
    DecisionKind.CONSTITUTION: Text("the Council's own rules", "理事会自身规则"),
}


@dataclass(frozen=True)
class DecisionCall:
    """One call that a decision carries out.

    Attributes:
        module: name in the Directory.
        arguments: values as the contract takes them.
    """

    module: str
    function: str
    arguments: tuple[Any, ...]

    @property
    def kind(self) -> DecisionKind:
        """What kind of decision it is."""
        found = TABLE.get((self.module, self.function))
        return found[0] if found else DecisionKind.NONE

    def sentence(self, name_of: Callable[[int], str] = numbers.label) -> Text:
        """What it would do, for voters.

        Args:
            name_of: gives the name of an agency by its number.
        """
        found = TABLE.get((self.module, self.function))
        if found is None:
            what = f"{self.module}.{self.function}"
            return Text(f"UNKNOWN CALL {what}: vote against it", f"未知调用 {what}：请投反对票")
        return found[1](name_of, *self.arguments)


def strictest(calls: Sequence[DecisionCall]) -> DecisionKind:
    """The kind that a proposal of several calls is named after: the one with the highest number.

    What it needs is the highest quorum and the highest threshold of all its calls; the contract says both.
    """
    return max((call.kind for call in calls), default=DecisionKind.NONE)


# Calls by what is wanted


def admit(jurisdiction: int, kind: AgencyKind, account: str, charter: int, name: str) -> DecisionCall:
    """Admit an agency; a central authority makes its jurisdiction a member with a vote.

    Args:
        jurisdiction: ISO 3166-1 numeric; 900 and above for bodies of no single country.
        kind: of the agency.
        account: its own key or contract wallet.
        charter: mask of the powers that its officers may be given.
        name: short public name, ASCII, at most 32 characters.
    """
    if not name.isascii() or not 0 < len(name) <= 32:
        raise UsageError("The name of an agency has 1 to 32 ASCII characters.", code="council.name")
    founder = {
        "jurisdiction": jurisdiction,
        "kind": int(kind),
        "account": account,
        "charter": int(charter),
        "name": name.encode("ascii").ljust(32, b"\0"),
    }
    return DecisionCall(REGISTRY, "admit", (founder,))


def readmit(jurisdiction: int) -> DecisionCall:
    """Let a jurisdiction that left be a member again."""
    return DecisionCall(REGISTRY, "readmit", (jurisdiction,))


def exclude(agency: int, reason: bytes) -> DecisionCall:
    """Exclude an agency; the reason is the hash of its text."""
    return DecisionCall(REGISTRY, "exclude", (agency, reason))


def exclude_jurisdiction(jurisdiction: int, reason: bytes) -> DecisionCall:
    """Exclude a jurisdiction with all its agencies."""
    return DecisionCall(REGISTRY, "excludeJurisdiction", (jurisdiction, reason))


def suspend(agency: int, until: int, reason: bytes) -> DecisionCall:
    """Suspend an agency down to the floor of powers, until a time (seconds since 1970 UTC)."""
    return DecisionCall(REGISTRY, "suspendByCouncil", (agency, until, reason))


def lift(agency: int) -> DecisionCall:
    """Lift the Council's own suspension."""
    return DecisionCall(REGISTRY, "liftByCouncil", (agency,))


def replace_key(agency: int, account: str) -> DecisionCall:
    """Give an agency that lost its key another one; the old key can veto for seven days."""
    return DecisionCall(REGISTRY, "proposeReplacement", (agency, account))


def adopt_rule(name: str, digest: bytes, parameters: int, since: int) -> DecisionCall:
    """Adopt the next version of a common rule, in force from a time at least seven days ahead."""
    if not name.isascii() or not 0 < len(name) <= 32:
        raise UsageError("The name of a rule has 1 to 32 ASCII characters.", code="council.name")
    word = name.encode("ascii").ljust(32, b"\0")
    return DecisionCall(RULES, "adopt", (word, digest, parameters, since))


def list_module(name: str, at: str, code_hash: bytes) -> DecisionCall:
    """List a new version of a module, whose code must have this hash; the former finishes what it began."""
    return DecisionCall(DIRECTORY, "listVersion", (name.encode("ascii").ljust(32, b"\0"), at, code_hash))


def set_module_state(name: str, version: int, state: int) -> DecisionCall:
    """Let a version of a module finish (2) or retire (3)."""
    return DecisionCall(DIRECTORY, "setState", (name.encode("ascii").ljust(32, b"\0"), version, state))


def set_kind_rule(kind: DecisionKind, quorum: int, threshold: int) -> DecisionCall:
    """Set what a kind of decision needs, in basis points."""
    return DecisionCall(COUNCIL, "setKindRule", (int(kind), quorum, threshold))


def set_pace(delay: int, period: int) -> DecisionCall:
    """Set how long a proposal waits and is voted on, in seconds."""
    return DecisionCall(COUNCIL, "setPace", (delay, period))


def set_timelock_delay(delay: int) -> DecisionCall:
    """Set how long what was decided waits, in seconds."""
    return DecisionCall(TIMELOCK, "updateDelay", (delay,))


# Sentences


def _admit(_: Callable[[int], str], founder: Any) -> Text:
    given = founder if isinstance(founder, dict) else founder._asdict()
    name, place, account = _ascii(given["name"]), int(given["jurisdiction"]), given["account"]
    kind, charter = AgencyKind(given["kind"]).name, ", ".join(powers.to_names(given["charter"]))
    return Text(
        f"Admit {name} ({kind}) of {_place(place, 'en')}, account {account}, powers {charter}",
        f"接纳{_place(place, 'zh')}机关 {name}（{kind}），账户 {account}，权限 {charter}",
    )


def _readmit(_: Callable[[int], str], jurisdiction: int) -> Text:
    return Text(
        f"Let {_place(jurisdiction, 'en')} be a member again", f"重新接纳{_place(jurisdiction, 'zh')}"
    )


def _exclude(name_of: Callable[[int], str], agency: int, _: bytes) -> Text:
    return Text(f"Exclude {name_of(agency)} for good", f"将 {name_of(agency)} 除名")


def _exclude_jurisdiction(_: Callable[[int], str], jurisdiction: int, __: bytes) -> Text:
    return Text(
        f"Exclude {_place(jurisdiction, 'en')} with all its agencies",
        f"将{_place(jurisdiction, 'zh')}及其全部机关除名",
    )


def _suspend(name_of: Callable[[int], str], agency: int, until: int, _: bytes) -> Text:
    return Text(
        f"Suspend {name_of(agency)} until {_day(until)}",
        f"暂停 {name_of(agency)} 的权限至 {_day(until)}",
    )


def _lift(name_of: Callable[[int], str], agency: int) -> Text:
    return Text(f"Lift the suspension of {name_of(agency)}", f"解除对 {name_of(agency)} 的暂停")


def _replace(name_of: Callable[[int], str], agency: int, account: str) -> Text:
    return Text(
        f"Give {name_of(agency)} the account {account}; its present key may veto for seven days",
        f"将 {name_of(agency)} 的账户更换为 {account}；原密钥七日内可以否决",
    )


def _adopt(_: Callable[[int], str], name: bytes, digest: bytes, parameters: int, since: int) -> Text:
    rest = f"SHA-256 {digest.hex()}, 0x{parameters:x}"
    return Text(
        f'Adopt the rule "{_ascii(name)}" ({rest}), in force from {_day(since)}',
        f"通过共同规则“{_ascii(name)}”（{rest}），自 {_day(since)} 起施行",
    )


def _list(_: Callable[[int], str], name: bytes, at: str, code_hash: bytes) -> Text:
    rest = f"{at}, code {code_hash.hex()}"
    return Text(
        f"List a new version of the module {_ascii(name)} ({rest})",
        f"启用模块 {_ascii(name)} 的新版本（{rest}）",
    )


def _set_state(_: Callable[[int], str], name: bytes, version: int, state: int) -> Text:
    names = {2: Text("only finish what it began", "仅办结已受理事项"), 3: Text("be read only", "仅供查阅")}
    word = names.get(state, Text(f"have the state {state}", f"状态改为 {state}"))
    return Text(
        f"Let version {version} of the module {_ascii(name)} {word.en}",
        f"模块 {_ascii(name)} 第 {version} 版{word.zh}",
    )


def _kind_rule(_: Callable[[int], str], kind: int, quorum: int, threshold: int) -> Text:
    label = DecisionKind(kind).label()
    needed = f"a quorum of {quorum / 100:g} % and {threshold / 100:g} % of the votes"
    return Text(
        f"Let decisions about {label.en} need {needed}",
        f"“{label.zh}”事项的法定人数改为 {quorum / 100:g}%，通过比例改为 {threshold / 100:g}%",
    )


def _pace(_: Callable[[int], str], delay: int, period: int) -> Text:
    return Text(
        f"Let proposals wait {_days(delay)} days and be voted on for {_days(period)} days",
        f"提案等待期改为 {_days(delay)} 日，表决期改为 {_days(period)} 日",
    )


def _timelock(_: Callable[[int], str], delay: int) -> Text:
    return Text(
        f"Let what was decided wait {_days(delay)} days before it is carried out",
        f"决定执行前的等待期改为 {_days(delay)} 日",
    )


def _ascii(word: bytes) -> str:
    return word.rstrip(b"\0").decode("ascii", "backslashreplace")


def _place(jurisdiction: int, lang: str) -> str:
    return places.name(jurisdiction, lang)


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _days(seconds: int) -> str:
    return f"{seconds / 86400:g}"


#: Every call that the Council can make: module and function, the kind of decision, the sentence.
TABLE: Final[Mapping[tuple[str, str], tuple[DecisionKind, Callable[..., Text]]]] = {
    (REGISTRY, "admit"): (DecisionKind.ADMISSION, _admit),
    (REGISTRY, "readmit"): (DecisionKind.ADMISSION, _readmit),
    (REGISTRY, "suspendByCouncil"): (DecisionKind.SUSPENSION, _suspend),
    (REGISTRY, "liftByCouncil"): (DecisionKind.SUSPENSION, _lift),
    (REGISTRY, "exclude"): (DecisionKind.EXCLUSION, _exclude),
    (REGISTRY, "excludeJurisdiction"): (DecisionKind.EXCLUSION, _exclude_jurisdiction),
    (REGISTRY, "proposeReplacement"): (DecisionKind.EXCLUSION, _replace),
    (RULES, "adopt"): (DecisionKind.RULES, _adopt),
    (DIRECTORY, "listVersion"): (DecisionKind.MODULES, _list),
    (DIRECTORY, "setState"): (DecisionKind.MODULES, _set_state),
    (COUNCIL, "setKindRule"): (DecisionKind.CONSTITUTION, _kind_rule),
    (COUNCIL, "setPace"): (DecisionKind.CONSTITUTION, _pace),
    (TIMELOCK, "updateDelay"): (DecisionKind.CONSTITUTION, _timelock),
}
