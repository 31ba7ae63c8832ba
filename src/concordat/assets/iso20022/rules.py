# SPDX-License-Identifier: Apache-2.0
"""The four messages, as far as they are modelled: auth.001.001.01, auth.002.001.01, camt.056.001.08,
camt.029.001.09.

Order, cardinality and forms of the modelled elements follow the schemas as publicly described (types are
named in comments). The official XSD files may not be redistributed, so none is bundled: :func:`unchecked`
says what a recipient's validation may still find.
"""

from __future__ import annotations

from typing import Final

from concordat.assets.iso20022.forms import (
    AMOUNT,
    BICFI,
    BICFI_2014,
    CARD,
    COUNT,
    COUNTRY,
    CURRENCY,
    EXTERNAL_4,
    FLAG,
    IBAN,
    ISO_DATE,
    ISO_DATE_TIME,
    UETR,
    code,
    max_text,
    pattern,
)
from concordat.assets.iso20022.schema import OPAQUE, Group, Rule, choice, group, many, maybe, one
from concordat.assets.iso20022.xml import Message
from concordat.evidence.laws import Text as Bilingual

TEXT_34: Final = max_text(34)
TEXT_35: Final = max_text(35)
TEXT_70: Final = max_text(70)
TEXT_105: Final = max_text(105)
TEXT_140: Final = max_text(140)
TEXT_350: Final = max_text(350)
TEXT_500: Final = max_text(500)

_CODE_OR_OWN: Final = choice(one("Cd", EXTERNAL_4), one("Prtry", TEXT_35))
_SUPPLEMENT: Final = many("SplmtryData", OPAQUE)
_LEI: Final = pattern("[A-Z0-9]{18}[0-9]{2}", "an LEI of 20 characters")

# AccountIdentification4Choice
_ACCOUNT_ID: Final = choice(
    one("IBAN", IBAN),
    one("Othr", group(one("Id", TEXT_34), maybe("SchmeNm", _CODE_OR_OWN), maybe("Issr", TEXT_35))),
)


def _institution(bic: Rule, *, lei: bool) -> Group:
    """``BranchAndFinancialInstitutionIdentification5`` (auth) and ``6`` (camt, with LEI)."""
    parts = (maybe("BICFI", bic), maybe("ClrSysMmbId"), *((maybe("LEI", _LEI),) if lei else ()))
    rest = (maybe("Nm", TEXT_140), maybe("PstlAdr"), maybe("Othr"))
    return group(one("FinInstnId", group(*parts, *rest)), maybe("BrnchId"))


_BANK: Final = _institution(BICFI, lei=False)
_AGENT: Final = _institution(BICFI_2014, lei=True)

# auth.001.001.01 and auth.002.001.01

_REQUEST_TYPE: Final = group(one("MsgNmId", TEXT_35), maybe("MsgNm", TEXT_140))
_PARTIES: Final = choice(one("Cd", code("ALLP", "OWNE")), one("Prtry", TEXT_35))
# PartyIdentification43
_PARTY_43: Final = group(
    maybe("Nm", TEXT_140), maybe("PstlAdr"), maybe("Id"), maybe("CtryOfRes", COUNTRY), maybe("CtctDtls")
)
# CashAccount25
_ACCOUNT_25: Final = group(
    one("Id", _ACCOUNT_ID),
    maybe("Tp", _CODE_OR_OWN),
    maybe("Ccy", CURRENCY),
    maybe("Nm", TEXT_70),
    maybe("Ownr", _PARTY_43),
    maybe("Svcr", _BANK),
)
# DateOrDateTimePeriodChoice
_PERIOD: Final = choice(
    one("Dt", group(one("FrDt", ISO_DATE), one("ToDt", ISO_DATE))),
    one("DtTm", group(one("FrDtTm", ISO_DATE_TIME), one("ToDtTm", ISO_DATE_TIME))),
)
# SearchCriteria1Choice
_SEARCH: Final = choice(
    one(
        "Acct",
        group(
            one("Id", _ACCOUNT_25),
            one("InvstgtdPties", _PARTIES),
            many("AuthrtyReqTp", _REQUEST_TYPE, least=1),
        ),
    ),
    one(
        "CstmrId",
        group(
            one("Pty", _PARTY_43),
            many(
                "AuthrtyReq",
                group(
                    one("Tp", _REQUEST_TYPE),
                    one("InvstgtdRoles", _PARTIES),
                    maybe("AddtlInvstgtdPties", _PARTIES),
                    maybe("AddtlInf", TEXT_500),
                ),
                least=1,
            ),
        ),
    ),
    one(
        "PmtInstrm",
        group(one("CardNb", CARD), many("AuthrtyReqTp", _REQUEST_TYPE, least=1), maybe("AddtlInf", TEXT_500)),
    ),
    many(
        "OrgnlTxNb",
        group(one("Nb", TEXT_35), many("Tp", code("DTTX", "OREC"), least=1), maybe("AddtlInf", TEXT_500)),
        least=1,
    ),
)

QUERY: Final = Message(
    "auth.001.001.01",
    "InfReqOpng",
    group(
        one("InvstgtnId", TEXT_35),
        one("LglMndtBsis", group(one("Prgrph", TEXT_35), maybe("Dsclmr", TEXT_350))),
        one("CnfdtltySts", FLAG),
        maybe("DueDt", group(maybe("DueDt", ISO_DATE), maybe("AddtlInf", TEXT_140))),
        one("InvstgtnPrd", _PERIOD),
        one("SchCrit", _SEARCH),
        _SUPPLEMENT,
    ),
)
"""Information request opening: an authority asks a financial institution."""

REPLY: Final = Message(
    "auth.002.001.01",
    "InfReqRspn",
    group(
        one("RspnId", TEXT_35),
        one("InvstgtnId", TEXT_35),
        one("RspnSts", code("NRES", "PART", "COMP")),
        one("SchCrit", _SEARCH),
        many(
            "RtrInd",
            group(
                maybe("RspnPrd", _PERIOD),
                one("AuthrtyReqTp", _REQUEST_TYPE),
                one(
                    "InvstgtnRslt",
                    choice(one("Rslt", OPAQUE), one("InvstgtnSts", code("FOUN", "NFOU", "NOAP"))),
                ),
                maybe("AddtlInf", TEXT_500),
            ),
            least=1,
        ),
        _SUPPLEMENT,
    ),
)
"""Information request response."""

# camt.056.001.08 and camt.029.001.09

# PartyIdentification135
_PARTY_135: Final = group(
    maybe("Nm", TEXT_140), maybe("PstlAdr"), maybe("Id"), maybe("CtryOfRes", COUNTRY), maybe("CtctDtls")
)
_PARTY_40: Final = choice(one("Pty", _PARTY_135), one("Agt", _AGENT))
_CASE_5: Final = group(one("Id", TEXT_35), one("Cretr", _PARTY_40), maybe("ReopCaseIndctn", FLAG))
_ASSIGNMENT_5: Final = group(
    one("Id", TEXT_35), one("Assgnr", _PARTY_40), one("Assgne", _PARTY_40), one("CreDtTm", ISO_DATE_TIME)
)
_ORIGINAL_GROUP: Final = group(
    one("OrgnlMsgId", TEXT_35), one("OrgnlMsgNmId", TEXT_35), maybe("OrgnlCreDtTm", ISO_DATE_TIME)
)
_ACCOUNT_38: Final = group(
    one("Id", _ACCOUNT_ID),
    maybe("Tp", _CODE_OR_OWN),
    maybe("Ccy", CURRENCY),
    maybe("Nm", TEXT_70),
    maybe("Prxy"),
)
_REASON: Final = group(maybe("Orgtr", _PARTY_135), maybe("Rsn", _CODE_OR_OWN), many("AddtlInf", TEXT_105))
# OriginalTransactionReference28
_ORIGINAL_TX: Final = group(
    maybe("IntrBkSttlmAmt", AMOUNT),
    maybe("Amt"),
    maybe("IntrBkSttlmDt", ISO_DATE),
    maybe("ReqdColltnDt", ISO_DATE),
    *(
        maybe(name)
        for name in ("ReqdExctnDt", "CdtrSchmeId", "SttlmInf", "PmtTpInf", "PmtMtd", "MndtRltdInf")
    ),
    maybe("RmtInf"),
    maybe("UltmtDbtr", _PARTY_40),
    maybe("Dbtr", _PARTY_40),
    maybe("DbtrAcct", _ACCOUNT_38),
    maybe("DbtrAgt", _AGENT),
    maybe("DbtrAgtAcct", _ACCOUNT_38),
    maybe("CdtrAgt", _AGENT),
    maybe("CdtrAgtAcct", _ACCOUNT_38),
    maybe("Cdtr", _PARTY_40),
    maybe("CdtrAcct", _ACCOUNT_38),
    maybe("UltmtCdtr", _PARTY_40),
    maybe("Purp"),
)

RECALL: Final = Message(
    "camt.056.001.08",
    "FIToFIPmtCxlReq",
    group(
        one("Assgnmt", _ASSIGNMENT_5),
        maybe("Case", _CASE_5),
        maybe("CtrlData", group(one("NbOfTxs", COUNT), maybe("CtrlSum"))),
        many(
            "Undrlyg",
            group(
                maybe("OrgnlGrpInfAndCxl"),
                many(
                    "TxInf",  # PaymentTransaction106
                    group(
                        maybe("CxlId", TEXT_35),
                        maybe("Case", _CASE_5),
                        maybe("OrgnlGrpInf", _ORIGINAL_GROUP),
                        maybe("OrgnlInstrId", TEXT_35),
                        maybe("OrgnlEndToEndId", TEXT_35),
                        maybe("OrgnlTxId", TEXT_35),
                        maybe("OrgnlUETR", UETR),
                        maybe("OrgnlClrSysRef", TEXT_35),
                        maybe("OrgnlIntrBkSttlmAmt", AMOUNT),
                        maybe("OrgnlIntrBkSttlmDt", ISO_DATE),
                        maybe("Assgnr", _AGENT),
                        maybe("Assgne", _AGENT),
                        many("CxlRsnInf", _REASON),
                        maybe("OrgnlTxRef", _ORIGINAL_TX),
                        _SUPPLEMENT,
                    ),
                ),
            ),
            least=1,
        ),
        _SUPPLEMENT,
    ),
)
"""Financial institution to financial institution payment cancellation request: the recall of a payment."""

RESOLUTION: Final = Message(
    "camt.029.001.09",
    "RsltnOfInvstgtn",
    group(
        one("Assgnmt", _ASSIGNMENT_5),
        maybe("RslvdCase", _CASE_5),
        one(
            "Sts",
            choice(
                one("Conf", EXTERNAL_4),
                many("RjctdMod", OPAQUE, least=1),
                one("DplctOf", _CASE_5),
                one("AssgnmtCxlConf", FLAG),
            ),
        ),
        many(
            "CxlDtls",
            group(
                maybe("OrgnlGrpInfAndSts"),
                many("OrgnlPmtInfAndSts", OPAQUE),
                many(
                    "TxInfAndSts",  # PaymentTransaction102
                    group(
                        maybe("CxlStsId", TEXT_35),
                        maybe("RslvdCase", _CASE_5),
                        maybe("OrgnlGrpInf", _ORIGINAL_GROUP),
                        maybe("OrgnlInstrId", TEXT_35),
                        maybe("OrgnlEndToEndId", TEXT_35),
                        maybe("OrgnlTxId", TEXT_35),
                        maybe("OrgnlClrSysRef", TEXT_35),
                        maybe("OrgnlUETR", UETR),
                        maybe("TxCxlSts", code("RJCR", "ACCR", "PDCR")),
                        many("CxlStsRsnInf", _REASON),
                        maybe("RsltnRltdInf"),
                        maybe("OrgnlIntrBkSttlmAmt", AMOUNT),
                        maybe("OrgnlIntrBkSttlmDt", ISO_DATE),
                        maybe("Assgnr", _PARTY_40),
                        maybe("Assgne", _PARTY_40),
                        maybe("OrgnlTxRef", _ORIGINAL_TX),
                    ),
                ),
            ),
        ),
        *(maybe(name) for name in ("ModDtls", "ClmNonRctDtls", "StmtDtls", "CrrctnTx", "RsltnRltdInf")),
        _SUPPLEMENT,
    ),
)
"""Resolution of investigation: the answer to a recall."""

MESSAGES: Final = (QUERY, REPLY, RECALL, RESOLUTION)


def unchecked() -> Bilingual:
    """What is not checked, for people: written beside every message that goes out or came in."""
    names = ", ".join(message.name for message in MESSAGES)
    return Bilingual(
        f"Modelled are {names}. Checked are mandatory elements, order, cardinalities, lengths, patterns, "
        "dates, closed code lists, IBAN check digits and decimals of currencies. Not checked, since the "
        "official schema files are not bundled: contents of elements that are not modelled (postal "
        "addresses, remittance and mandate details, supplementary data, contacts), membership of codes in "
        "ISO's external code lists, whether a BIC is registered, the business application header, "
        "signatures, and rules of a payment system or market beyond the schema. Validate against the "
        "recipient's own schema before first use.",
        f"已建模的报文：{names}。已核验：必填要素、顺序、出现次数、长度、格式、日期、封闭代码表、"
        "IBAN 校验位和货币小数位。因未附带官方模式文件，未核验：未建模要素的内容（邮政地址、汇款和授权明细、"
        "补充数据、联系方式），代码是否列于 ISO 外部代码表，BIC 是否已登记，业务应用头，签名，"
        "以及模式之外的支付系统或者市场规则。首次使用前请以接收方自己的模式文件核验。",
    )
