"""Results, recipes and ids in the structures of OPC 40100-1.

The classes come with the nodeset: they exist once it was imported.
"""

from collections.abc import Mapping
from typing import Any

from asyncua import ua

from station.machine.opcua.news import Result

_STRUCTURE = ua.VariantType.ExtensionObject
CONTENT = (
    "verdict",
    "disposition",
    "code",
    "score",
    "serial",
    "uid",
    "recipe",
    "recipe version",
    "label",
    "number",
)
"""What ResultContent holds, in this order."""


def text_of(ident: Any) -> str:
    """The Id of one of the structures; empty where none was given. Raises TypeError."""
    if isinstance(ident, ua.ExtensionObject) and ident.TypeId == ua.NodeId():
        return ""
    found = getattr(ident, "Id", ident)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise TypeError(f"no id: {type(found).__name__}")
    return found


def job_id(uid: str) -> Any:
    """As JobIdDataType."""
    return ua.JobIdDataType(Id=uid)


def result_id(uid: str) -> Any:
    """As ResultIdDataType."""
    return ua.ResultIdDataType(Id=uid)


def recipe_id(name: str, version: str | None = None) -> Any:
    """As RecipeIdInternalDataType."""
    return ua.RecipeIdInternalDataType(Id=name, Version=version)


def structure(value: Any) -> ua.Variant:
    """Any of the structures, or a list of them, as a value."""
    return ua.Variant(value, _STRUCTURE, is_array=isinstance(value, list))


def content(result: Result) -> list[ua.Variant]:
    """What CONTENT names."""
    seen = result.inspection
    return [
        ua.Variant(result.verdict, ua.VariantType.String),
        ua.Variant(result.disposition.value, ua.VariantType.String),
        ua.Variant(int(result.code), ua.VariantType.UInt16),
        ua.Variant(result.score, ua.VariantType.Double),
        ua.Variant(result.serial, ua.VariantType.String),
        ua.Variant(result.uid, ua.VariantType.String),
        ua.Variant(seen.recipe if seen else "", ua.VariantType.String),
        ua.Variant(seen.recipe_version if seen else 0, ua.VariantType.UInt32),
        ua.Variant((seen.label or "") if seen else "", ua.VariantType.String),
        ua.Variant(result.part.number if result.part else 0, ua.VariantType.UInt32),
    ]


def result_type(result: Result) -> Any:
    """As ResultDataType."""
    return ua.ResultDataType(
        ResultId=result_id(result.uid),
        IsPartial=is_partial(result),
        IsSimulated=False,
        ResultState=int(result.state),
        PartId=ua.PartIdDataType(Id=result.serial),
        InternalRecipeId=recipe_of(result),
        InternalConfigurationId=_configuration(result),
        JobId=job_id(result.job),
        CreationTime=result.at,
        ProcessingTimes=times(result),
        ResultContent=content(result),
    )


def result_fields(result: Result) -> Mapping[str, ua.Variant]:
    """As fields of ResultReadyEventType, and as what GetResultComponentsById answers."""
    return {
        "IsPartial": ua.Variant(is_partial(result), ua.VariantType.Boolean),
        "IsSimulated": ua.Variant(False, ua.VariantType.Boolean),
        "ResultState": ua.Variant(int(result.state), ua.VariantType.Int32),
        "MeasId": structure(ua.MeasIdDataType(Id="")),
        "PartId": structure(ua.PartIdDataType(Id=result.serial)),
        "ExternalRecipeId": structure(ua.RecipeIdExternalDataType(Id=recipe_of(result).Id)),
        "InternalRecipeId": structure(recipe_of(result)),
        "ProductId": structure(ua.ProductIdDataType(Id=recipe_of(result).Id)),
        "ExternalConfigurationId": structure(_configuration(result)),
        "InternalConfigurationId": structure(_configuration(result)),
        "JobId": structure(job_id(result.job)),
        "CreationTime": ua.Variant(result.at, ua.VariantType.DateTime),
        "ProcessingTimes": structure(times(result)),
        "ResultContent": ua.Variant(content(result), ua.VariantType.Variant, is_array=True),
    }


def recipe_of(result: Result) -> Any:
    """The recipe by which that part was inspected."""
    seen = result.inspection
    return recipe_id(seen.recipe, str(seen.recipe_version)) if seen else recipe_id("")


def times(result: Result) -> Any:
    """From the moment the part was asked for until its result was there."""
    seen = result.inspection
    lasted = seen.ms if seen is not None else None
    return ua.ProcessingTimesDataType(
        StartTime=result.began, EndTime=result.at, ProcessingDuration=lasted
    )


def is_partial(result: Result) -> bool:
    """Whether a person has still to say what happens to the part."""
    return result.disposition.value == "hold"


def _configuration(result: Result) -> Any:
    """The model file is the configuration of this vision system."""
    seen = result.inspection
    if seen is None:
        return ua.ConfigurationIdDataType(Id="")
    digest = bytes.fromhex(seen.model_sha256) if len(seen.model_sha256) == 64 else None
    return ua.ConfigurationIdDataType(Id=seen.model, Hash=digest, HashAlgorithm="SHA256")
