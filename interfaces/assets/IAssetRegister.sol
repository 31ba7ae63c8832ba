// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import { AgencyId } from "../../contracts/types/AgencyId.sol";
import { AssetClass } from "../../contracts/types/ProfileKey.sol";

/// @dev Identified, valued, ordered to be sold, sold (proceeds held), disposed by a court, returned or given up.
enum AssetState {
    None,
    Identified,
    Valued,
    SaleOrdered,
    Sold,
    Disposed,
    Released
}

/// @dev Parts of the dossier that a case needs before it may be transferred (S034).
enum DossierPart {
    Source,
    Nature,
    Ownership,
    Value,
    Need,
    Acquisitions
}

/// @dev Two slots.
struct Asset {
    AgencyId agency; // that answers for it
    AgencyId custodian; // that keeps it
    AssetClass assetClass;
    AssetState state;
    uint16 currency;
    uint96 value; // estimate, then proceeds (price less costs), then what is left to return
    uint8 dossier; // mask of DossierPart
    uint40 attestedAt;
    uint32 attestEvery; // seconds after which an attestation is stale
    uint40 changedAt;
    uint32 entries; // length of the history
}

/// @title Seized property, from identification to proceeds
/// @notice Every paper is linked by hash; the history has a head, so that nothing can be left out. Whether somebody
///         still has the thing is attested by its custodian, and an attestation grows stale by itself.
interface IAssetRegister {
    event AssetIdentified(
        bytes32 indexed asset,
        AgencyId indexed agency,
        AgencyId indexed custodian,
        address officer,
        AssetClass assetClass,
        bytes32 hold
    );
    event DossierFilled(bytes32 indexed asset, DossierPart indexed part, address officer, bytes32 content);
    event AcquisitionLinked(bytes32 indexed asset, AgencyId indexed agency, bytes32 indexed root);
    event Attested(bytes32 indexed asset, AgencyId indexed custodian, address officer, bytes32 condition);
    event CustodyOffered(bytes32 indexed asset, AgencyId indexed from, AgencyId indexed to);
    event CustodianChanged(bytes32 indexed asset, AgencyId indexed from, AgencyId indexed to, bytes32 receipt);
    event Valued(bytes32 indexed asset, address officer, uint16 currency, uint96 value, bytes32 report);
    event SaleOrdered(bytes32 indexed asset, AgencyId indexed court, address officer, bytes32 order);
    event Sold(bytes32 indexed asset, address officer, uint96 price, uint96 costs, bytes32 result);
    event AssetDisposed(
        bytes32 indexed asset,
        AgencyId indexed court,
        uint96 toReturn,
        uint96 forfeited,
        bytes32 judgment
    );
    event AssetReleased(bytes32 indexed asset, AgencyId indexed agency, address officer, bytes32 order);
    event PaidOut(bytes32 indexed asset, uint96 amount, uint96 remaining);
    event CaseTransferred(
        bytes32 indexed caseKey,
        AgencyId indexed from,
        AgencyId indexed to,
        address officer,
        uint256 assets
    );

    error NotTheModule(address caller);
    error EmptyHash();
    error UnknownClass(AssetClass assetClass);
    error AlreadyIdentified(bytes32 asset);
    error NoSuchAsset(bytes32 asset);
    error NoSuchAgency(AgencyId agency);
    error NoSuchHold(bytes32 hold);
    error AssetInState(bytes32 asset, AssetState assetState);
    error NotOfAgency(AgencyId theirs, AgencyId agency);
    error NotTheCustodian(AgencyId theirs, AgencyId custodian);
    error AttestationTooRare(uint32 attestEvery, uint32 most);
    error NotRegistered(AgencyId agency, bytes32 root);
    error UseLink(DossierPart part);
    error NotACourt(AgencyId agency);
    error OtherJurisdiction(AgencyId agency, uint16 jurisdiction);
    error CostsAbovePrice(uint96 price, uint96 costs);
    error ProceedsMisstated(bytes32 asset, uint256 given, uint96 proceeds);
    error NoProceedsLeft(bytes32 asset);
    error DossierIncomplete(bytes32 asset, uint8 missing);
    error NoAssets();
    error SaleByCourtOnly(bytes32 asset);

    /// @notice Enters a thing that was found. Caller: KEEP, of the agency that will answer for it. If it keeps the
    ///         thing itself, that is the first attestation; else the asset is stale until its custodian attests.
    /// @param commitment salted commitment to the description
    /// @param attestEvery seconds, at most 180 days
    /// @param hold the seizure or sealing under which it is held ({IHolds.holdId}); 0 if held otherwise
    /// @return asset keccak256(abi.encode(agency, commitment))
    function identify(
        bytes32 commitment,
        AssetClass assetClass,
        AgencyId custodian,
        uint32 attestEvery,
        bytes32 hold
    ) external returns (bytes32 asset);

    /// @notice Fills a part of the dossier with the hash of its content; a later one replaces it. Caller: KEEP, of the
    ///         agency.
    /// @dev Acquisitions are linked, see {linkAcquisition}.
    function fill(bytes32 asset, DossierPart part, bytes32 content) external;

    /// @notice Links a registered acquisition that bears on the asset; fills the part Acquisitions. Caller: KEEP.
    function linkAcquisition(bytes32 asset, AgencyId agency, bytes32 root) external;

    /// @notice The custodian still has it. Caller: KEEP, of the custodian.
    function attest(bytes32 asset, bytes32 condition) external;

    /// @notice First step of handing over: names the next custodian; none takes the offer back. Caller: KEEP, of the
    ///         custodian.
    function offerCustody(bytes32 asset, AgencyId to) external;

    /// @notice Second step: the next custodian has the thing, and attests by that. Caller: KEEP, of the next custodian.
    function acceptCustody(bytes32 asset, bytes32 receipt) external;

    /// @notice A valuation; a later one replaces it. Fills the part Value. Caller: KEEP, of the agency.
    function value(bytes32 asset, uint16 currency, uint96 amount, bytes32 report) external;

    /// @notice A court orders the sale. Caller: JUDGE, of a court of the agency's jurisdiction.
    function orderSale(bytes32 asset, bytes32 order) external;

    /// @notice The auction's result; proceeds = price - costs are held. Caller: KEEP, of the agency.
    function recordSale(bytes32 asset, uint96 price, uint96 costs, bytes32 result) external;

    /// @notice A court decides on the proceeds: `toReturn` + `forfeited` = proceeds. Caller: as {orderSale}.
    function dispose(bytes32 asset, uint96 toReturn, uint96 forfeited, bytes32 judgment) external;

    /// @notice Gives the thing back before any sale. Caller: RELEASE, of the agency; after a court's order a court.
    function release(bytes32 asset, bytes32 order) external;

    /// @notice Transfers a case with its assets to another agency. Every dossier must be complete, or
    ///         {DossierIncomplete} names the first that is not, with the mask of what is missing. Within one country:
    ///         the courts that decide on the assets stay the same. Caller: PROPOSE, of the assets' agency.
    function transferCase(bytes32 caseKey, bytes32[] calldata assets, AgencyId to) external;

    /// @notice Restitution only: `amount` of the proceeds went back to a victim.
    function payOut(bytes32 asset, uint96 amount) external;

    function assetOf(bytes32 asset) external view returns (Asset memory);

    /// @notice Whether nobody attested for too long that it is still there; false once it was disposed of or released.
    function isStaleAt(bytes32 asset, uint40 at) external view returns (bool);

    /// @return mask of the parts that are missing: bit n stands for the DossierPart n
    function missingOf(bytes32 asset) external view returns (uint8);

    /// @return head of the history: keccak256(abi.encode(this, asset, entry number, previous head, entry hash)), an
    ///         entry hash being keccak256(abi.encode(act, caller, its arguments)); 0 if there is no such asset
    function historyHead(bytes32 asset) external view returns (bytes32);

    /// @notice What a court awarded to victims and is not paid yet.
    function returnable(
        bytes32 asset
    ) external view returns (AgencyId custodian, uint16 currency, uint96 amount, bool awarded);
}
