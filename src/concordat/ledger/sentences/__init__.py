# SPDX-License-Identifier: Apache-2.0
"""The sentence for every typed error of the contracts: what happened, with the values; why; what to do next.

The same table makes ``docs/errors.md``. A test proves that every error of the published ABIs has a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from concordat import language
from concordat.errors import ConcordatError
from concordat.ledger.reverts import Revert
from concordat.ledger.sentences import words
from concordat.ledger.sentences.agencies import AGENCIES
from concordat.ledger.sentences.agreementregistry import AGREEMENTS
from concordat.ledger.sentences.appraisals import APPRAISALS
from concordat.ledger.sentences.assetregister import ASSET_REGISTER
from concordat.ledger.sentences.assistance import ASSISTANCE
from concordat.ledger.sentences.caseregistry import CASE_REGISTRY
from concordat.ledger.sentences.council import COUNCIL
from concordat.ledger.sentences.creation import CREATION
from concordat.ledger.sentences.evidence import EVIDENCE
from concordat.ledger.sentences.freezeoracle import FREEZE_ORACLE
from concordat.ledger.sentences.freezeprofiles import FREEZE_PROFILES
from concordat.ledger.sentences.freezerequests import FREEZE_REQUESTS
from concordat.ledger.sentences.governor import GOVERNOR
from concordat.ledger.sentences.holds import HOLDS
from concordat.ledger.sentences.jointteams import JOINT_TEAMS
from concordat.ledger.sentences.objections import OBJECTIONS
from concordat.ledger.sentences.officers import OFFICERS
from concordat.ledger.sentences.restitution import RESTITUTION
from concordat.ledger.sentences.sharing import SHARING
from concordat.ledger.sentences.standards import STANDARDS
from concordat.ledger.sentences.standing import STANDING
from concordat.ledger.sentences.table import ContractError, Sentence
from concordat.ledger.sentences.tasks import TASKS
from concordat.ledger.sentences.tips import TIPS

__all__ = ["ABOUT", "SENTENCES", "ContractError", "code_of", "explain"]

#: The sentences by the part of the suite that they are about.
ABOUT: Mapping[str, Mapping[str, Sentence]] = {
    "Creation of a suite": CREATION,
    "Agencies": AGENCIES,
    "Officers and their powers": OFFICERS,
    "The Council": COUNCIL,
    "Votes and their wait": GOVERNOR,
    "Standards": STANDARDS,
    "Evidence": EVIDENCE,
    "Freeze profiles": FREEZE_PROFILES,
    "Freeze requests": FREEZE_REQUESTS,
    "Holds": HOLDS,
    "Objections and disposition": OBJECTIONS,
    "Restitution": RESTITUTION,
    "Seized property": ASSET_REGISTER,
    "Tokens and what is frozen in them": FREEZE_ORACLE,
    "Tips": TIPS,
    "Agreements": AGREEMENTS,
    "Appraisals": APPRAISALS,
    "Shared data": SHARING,
    "Tasks": TASKS,
    "Assistance": ASSISTANCE,
    "Cases": CASE_REGISTRY,
    "Joint teams": JOINT_TEAMS,
    "Standing": STANDING,
}

SENTENCES: Mapping[str, Sentence] = {
    name: sentence for part in ABOUT.values() for name, sentence in part.items()
}

_KEPT = "Nothing changed on the chain."
_KEPT_ZH = "链上数据没有任何变化。"


def explain(revert: Revert | None, data: bytes = b"", lang: str | None = None) -> ConcordatError:
    """The error to raise for a contract's refusal.

    Args:
        revert: the typed error; None if it is none of the suite's.
        data: the revert data, shown where nothing is known.
        lang: ``en`` or ``zh``; by default the language that was chosen (see ``concordat.language``).
    """
    if revert is None or revert.name not in SENTENCES:
        return _unexplained(revert, data)
    sentence = SENTENCES[revert.name]
    chinese = (lang or language.chosen()) == "zh"
    values = words.spoken(revert.args)
    error = sentence.kind(
        (sentence.zh if chinese else sentence.en).format_map(values),
        code=code_of(revert.name),
        kept=_KEPT_ZH if chinese else _KEPT,
        next=(sentence.fix_zh if chinese else sentence.fix).format_map(values),
    )
    error.revert = revert
    return error


def code_of(name: str) -> str:
    """The stable code of a typed error: ``contract.already_registered``."""
    return "contract." + re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _unexplained(revert: Revert | None, data: bytes) -> ConcordatError:
    what = (
        f"{revert.name} {dict(revert.args)}" if revert else f"0x{data.hex()}" if data else "no reason given"
    )
    return ConcordatError(
        f"A contract refused for a reason that this version of the client does not know: {what}.",
        code="contract.unknown",
        kept=_KEPT,
        next="Compare the versions of package and suite with: concordat doctor",
    )
