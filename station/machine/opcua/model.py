"""The address space: the vision system of OPC 40100-1, and the plain tags beside it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from asyncua import Server, ua
from asyncua.common.event_objects import BaseEvent, TransitionEvent
from asyncua.common.manage_nodes import delete_nodes

from station.bundle import resource
from station.machine.base import Value
from station.machine.opcua.states import INNER, OPERATIONAL, State, outer, transition
from station.machine.opcua.tags import TAGS, Kind

NODESET = "opcua/Opc.Ua.MachineVision.NodeSet2.xml"
VISION = "http://opcfoundation.org/UA/MachineVision"
OURS = "urn:station:line"
VISION_SYSTEM_TYPE = 1003
_IDS = {
    3002: "RecipeIdExternalDataType",
    3008: "ConfigurationIdDataType",
    3013: "RecipeIdInternalDataType",
}

_STEPS = tuple(f"VisionStateMachine.{name}StepModel" for name in ("Preoperational", "Halted"))
_RECIPES, _RESULTS = "RecipeManagement.", "ResultManagement."
AUTOMATIC = "VisionStateMachine.AutomaticModeStateMachine"
NOT_OURS = (
    "ConfigurationManagement",
    "SafetyStateManagement",
    "DiagnosticLevel",
    "SystemState",
    *(_RECIPES + name for name in ("AddRecipe", "PrepareProduct", "UnprepareProduct")),
    *(_RECIPES + name for name in ("RemoveRecipe", "UnlinkProduct", "ReleaseRecipeHandle")),
    *(_RECIPES + name for name in ("Products", "Recipes", "RecipeTransfer")),
    *(_RESULTS + name for name in ("ReleaseResultHandle", "Results", "ResultTransfer")),
    *_STEPS,
    "VisionStateMachine.ErrorStepModel",
    "VisionStateMachine.ConfirmAll",
    AUTOMATIC + ".SimulationMode",
    *(f"{AUTOMATIC}.{name}StepModel" for name in ("Initialized", "Ready")),
    *(f"{AUTOMATIC}.{name}ExecutionStepModel" for name in ("Single", "Continuous")),
)
"""What the model leaves open and this vision system does not have."""

_TYPES = {
    Kind.BOOLEAN: ua.VariantType.Boolean,
    Kind.UINT16: ua.VariantType.UInt16,
    Kind.UINT32: ua.VariantType.UInt32,
    Kind.DOUBLE: ua.VariantType.Double,
    Kind.STRING: ua.VariantType.String,
}


@dataclass(slots=True)
class Model:
    """Where everything is in the server, and what was written last."""

    server: Server
    ours: int
    vision: int
    types: Mapping[str, ua.NodeId]
    written: dict[str, Value] = field(default_factory=dict)
    state: State | None = None

    def node(self, path: str) -> ua.NodeId:
        """Below the vision system, by its names with dots."""
        return ua.NodeId(f"Vision.{path}", self.ours)

    async def write_tags(self, values: Mapping[str, Value]) -> None:
        """Those that changed, in the order of TAGS."""
        for tag in TAGS:
            value = values[tag.name]
            if self.written.get(tag.name) != value:
                self.written[tag.name] = value
                node = ua.NodeId(tag.name, self.ours)
                await self._write(node, ua.Variant(value, _TYPES[tag.kind]))

    async def write_state(self, state: State) -> None:
        """Both state machines; the inner one has no state while the outer is not Operational."""
        if state is self.state:
            return
        self.state = state
        await self._write_state("VisionStateMachine", outer(state))
        await self._write_state(AUTOMATIC, state.value if state in INNER else None)

    async def _write_state(self, path: str, name: str | None) -> None:
        node, ident = self.node(f"{path}.CurrentState"), self.node(f"{path}.CurrentState.Id")
        if name is None:
            gone = ua.DataValue(StatusCode=ua.StatusCode(ua.StatusCodes.BadStateNotActive))
            for one in (node, ident):
                await self.server.write_attribute_value(one, gone)
            return
        text = ua.Variant(ua.LocalizedText(name), ua.VariantType.LocalizedText)
        await self._write(ident, ua.Variant(self.types[name], ua.VariantType.NodeId))
        await self._write(node, text)

    async def _write(self, node: ua.NodeId, value: ua.Variant) -> None:
        told = ua.DataValue(value, SourceTimestamp=datetime.now(UTC))
        await self.server.write_attribute_value(node, told)

    async def fire(self, name: str, message: str, fields: Mapping[str, ua.Variant]) -> None:
        """An event of that type, for whoever listens to the vision system or to the server."""
        await self._emit(self._filled(BaseEvent(), name, message, 100), fields)

    async def fire_transition(
        self, name: str, message: str, before: State, after: State, call: str
    ) -> None:
        """An event of that type about a change of state."""
        severity = 700 if after is State.ERROR else 100
        event = self._filled(TransitionEvent(), name, message, severity)
        way, left, entered = transition(before, after, call)
        fields = {}
        for key, text in (("Transition", way), ("FromState", left), ("ToState", entered)):
            fields[key] = ua.Variant(ua.LocalizedText(text), ua.VariantType.LocalizedText)
            fields[f"{key}/Id"] = ua.Variant(self.types[text], ua.VariantType.NodeId)
        await self._emit(event, fields)

    def _filled(self, event: BaseEvent, name: str, message: str, severity: int) -> BaseEvent:
        event.EventType = self.types[name]
        event.EventId = uuid.uuid4().bytes
        event.SourceNode = ua.NodeId("Vision", self.ours)
        event.SourceName = "Vision"
        event.Time = event.ReceiveTime = datetime.now(UTC)
        event.Message = ua.LocalizedText(message)
        event.Severity = severity
        return event

    async def _emit(self, event: BaseEvent, fields: Mapping[str, ua.Variant]) -> None:
        for name, value in fields.items():
            event.add_property(name, value.Value, value.VariantType)
        for node in (event.SourceNode, ua.NodeId(ua.ObjectIds.Server)):
            event.emitting_node = node
            await self.server.iserver.isession.subscription_service.trigger_event(event)


async def build(server: Server) -> Model:
    """Fill a server that was initialised; takes a second or two."""
    ours = await server.register_namespace(OURS)
    await server.import_xml(str(resource(NODESET)))
    vision = await server.get_namespace_index(VISION)
    await _register_ids(server, vision)
    name = ua.QualifiedName("Vision", ours)
    kind = ua.NodeId(VISION_SYSTEM_TYPE, vision)
    system = await server.nodes.objects.add_object(ua.NodeId("Vision", ours), name, kind)
    await _prune(server, ours)
    await system.set_event_notifier([ua.EventNotifier.SubscribeToEvents])
    await server.nodes.server.add_reference(system, ua.ObjectIds.HasNotifier)
    await _add_tags(server, ours)
    return Model(server, ours, vision, _types(server, vision))


async def _register_ids(server: Server, vision: int) -> None:
    """Ids without fields of their own are types too: clients send and expect them by theirs."""
    base = ua.BinaryIdBaseDataType
    for number, name in _IDS.items():
        node = ua.NodeId(number, vision)
        kind = type(name, (base,), {"data_type": node, "__module__": base.__module__})
        encodings = await server.get_node(node).get_referenced_nodes(ua.ObjectIds.HasEncoding)
        for encoding in encodings:
            if (await encoding.read_browse_name()).Name == "Default Binary":
                ua.register_extension_object(name, encoding.nodeid, kind, node)
                setattr(ua, name, kind)  # the library made the name another one for the base


async def _prune(server: Server, ours: int) -> None:
    """All at once: the library's own way looks through every node for each that goes."""
    space = server.iserver.aspace
    everything = list(space.keys())
    gone = {node for node in everything if node.NamespaceIndex == ours and _is_gone(node)}
    for node in everything:
        references = space[node].references
        references[:] = [one for one in references if one.NodeId not in gone]
    nodes = [server.get_node(node) for node in gone]
    _, results = await delete_nodes(server.iserver.isession, nodes, delete_target_references=False)
    for result in results:
        result.check()


def _is_gone(node: ua.NodeId) -> bool:
    path = str(node.Identifier).removeprefix("Vision.")
    return any(path == one or path.startswith(one + ".") for one in NOT_OURS)


async def _add_tags(server: Server, ours: int) -> None:
    folder = await server.nodes.objects.add_object(
        ua.NodeId("Station", ours), ua.QualifiedName("Station", ours)
    )
    for tag in TAGS:
        name, value = ua.QualifiedName(tag.name, ours), ua.Variant(tag.rest, _TYPES[tag.kind])
        await folder.add_variable(ua.NodeId(tag.name, ours), name, value)


def _types(server: Server, vision: int) -> dict[str, ua.NodeId]:
    """Event types, states and transitions of the model, by their names."""
    found: dict[str, ua.NodeId] = {}
    for node in list(server.iserver.aspace.keys()):
        if node.NamespaceIndex != vision or not isinstance(node.Identifier, int):
            continue
        browse = server.iserver.aspace[node].attributes[ua.AttributeIds.BrowseName].value
        name = browse.Value.Value.Name
        if name.endswith("EventType") or "To" in name or name in (*State, OPERATIONAL):
            found.setdefault(name, node)
    return found
