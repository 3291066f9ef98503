// An OPC UA client that does what it reads from stdin, one JSON object a line, and answers on
// stdout: {"id", "result"} or {"id", "error"}; events come as {"event", "at"}. Needs node-opcua-client.
"use strict";
const readline = require("readline");
const {
  OPCUAClient, MessageSecurityMode, SecurityPolicy, UserTokenType, AttributeIds, ClientSubscription,
  TimestampsToReturn,
} = require("node-opcua-client");
const { DataType, VariantArrayType } = require("node-opcua-variant");
const { makeBrowsePath } = require("node-opcua-service-translate-browse-path");
const { constructEventFilter } = require("node-opcua-service-filter");
const { OPCUACertificateManager } = require("node-opcua-certificate-manager");
const { resolveNodeId } = require("node-opcua-nodeid");

const MV = 3; // namespace index of http://opcfoundation.org/UA/MachineVision; checked by `namespaces`
let client = null, session = null, subscription = null, group = null;

function say(words) { process.stdout.write(JSON.stringify(words) + "\n"); }

function plain(value) {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return value.toString("hex");
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value, plain);
  if (typeof value !== "object") return value;
  if ("dataType" in value && "value" in value && "arrayType" in value) {
    return { type: DataType[value.dataType], value: plain(value.value) };
  }
  if (value.constructor && /NodeId$/.test(value.constructor.name)) return value.toString();
  const found = { _: value.schema ? value.schema.name : undefined };
  for (const key of Object.keys(value)) if (key !== "schema") found[key] = plain(value[key]);
  return found;
}

async function structure(name, fields) {
  const numbers = {
    MeasIdDataType: 3015, PartIdDataType: 3004, RecipeIdExternalDataType: 3002,
    RecipeIdInternalDataType: 3013, ProductIdDataType: 3003, ResultIdDataType: 3021,
    JobIdDataType: 3016, ConfigurationIdDataType: 3008,
  };
  const type = resolveNodeId(`ns=${MV};i=${numbers[name]}`);
  return session.constructExtensionObject(type, fields);
}

async function argument(given) {
  if (given && given.structure) {
    return { dataType: DataType.ExtensionObject, value: await structure(given.structure, given.fields) };
  }
  const arrayType = Array.isArray(given.value) ? VariantArrayType.Array : VariantArrayType.Scalar;
  return { dataType: DataType[given.type], arrayType, value: given.value };
}

const ops = {
  async connect({ url, mode, user, password, pki, seconds }) {
    const clientCertificateManager = new OPCUACertificateManager({
      rootFolder: pki, automaticallyAcceptUnknownCertificate: true,
    });
    await clientCertificateManager.initialize();
    client = OPCUAClient.create({
      applicationName: "Peer", endpointMustExist: false, clientCertificateManager,
      securityMode: MessageSecurityMode[mode],
      securityPolicy: mode === "None" ? SecurityPolicy.None : SecurityPolicy.Basic256Sha256,
      connectionStrategy: { maxRetry: 0, initialDelay: 100 },
      transportTimeout: 1000 * (seconds || 10), requestedSessionTimeout: 20000,
    });
    await client.connect(url);
    const who = user ? { type: UserTokenType.UserName, userName: user, password }
                     : { type: UserTokenType.Anonymous };
    session = await client.createSession(who);
    return { endpoint: client.endpoint.securityPolicyUri, mode: client.endpoint.securityMode };
  },
  async endpoints({ url }) {
    const looking = OPCUAClient.create({ endpointMustExist: false, connectionStrategy: { maxRetry: 0 } });
    await looking.connect(url);
    const found = await looking.getEndpoints();
    await looking.disconnect();
    return found.map((e) => ({
      policy: e.securityPolicyUri.split("#")[1], mode: MessageSecurityMode[e.securityMode],
      tokens: e.userIdentityTokens.map((t) => UserTokenType[t.tokenType]),
    }));
  },
  async namespaces() { return session.readNamespaceArray(); },
  async translate({ paths }) {
    const asked = paths.map((path) => makeBrowsePath("RootFolder", path));
    const found = await session.translateBrowsePath(asked);
    return found.map((one) => one.statusCode.isGood() ? one.targets[0].targetId.toString() : one.statusCode.name);
  },
  async browse({ node }) {
    const found = await session.browse(node);
    return found.references.map((r) => [r.browseName.toString(), r.nodeId.toString()]);
  },
  async read({ nodes }) {
    const found = await session.read(nodes.map((nodeId) => ({ nodeId, attributeId: AttributeIds.Value })));
    return found.map((v) => v.statusCode.isGood() ? plain(v.value.value) : v.statusCode.name);
  },
  async write({ node, type, value }) {
    const code = await session.write({
      nodeId: node, attributeId: AttributeIds.Value, value: { value: { dataType: DataType[type], value } },
    });
    return code.name;
  },
  async delete({ node }) {
    const { DeleteNodesRequest } = require("node-opcua-types");
    const request = new DeleteNodesRequest({ nodesToDelete: [{ nodeId: node, deleteTargetReferences: true }] });
    const answer = await session.performMessageTransaction(request);
    return answer.results[0].name;
  },
  async call({ object, method, args }) {
    const inputArguments = [];
    for (const given of args) inputArguments.push(await argument(given));
    const at = performance.now();
    const found = await session.call({ objectId: object, methodId: method, inputArguments });
    return {
      status: found.statusCode.name, ms: performance.now() - at,
      outputs: found.outputArguments.map((v) => plain(v.value)),
    };
  },
  async listen({ node, types, fields, interval }) {
    subscription = ClientSubscription.create(session, {
      requestedPublishingInterval: interval || 10, requestedLifetimeCount: 1000,
      requestedMaxKeepAliveCount: 20, maxNotificationsPerPublish: 100, publishingEnabled: true, priority: 10,
    });
    await new Promise((done) => subscription.once("started", done));
    const filter = constructEventFilter(fields);
    const item = await subscription.monitor(
      { nodeId: node, attributeId: AttributeIds.EventNotifier },
      { samplingInterval: 0, queueSize: 1000, discardOldest: true, filter }, TimestampsToReturn.Both);
    item.on("changed", (values) => {
      const event = {};
      fields.forEach((name, at) => { event[name.replace(/^\d+:/, "")] = plain(values[at].value); });
      event.types = values.map((v) => DataType[v.dataType]);
      say({ event, at: performance.now() });
    });
    return subscription.publishingInterval;
  },
  async watch({ nodes }) {
    const watching = ClientSubscription.create(session, {
      requestedPublishingInterval: 20, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 20,
      maxNotificationsPerPublish: 1000, publishingEnabled: true, priority: 10,
    });
    for (const node of nodes) {
      const item = await watching.monitor(
        { nodeId: node, attributeId: AttributeIds.Value },
        { samplingInterval: 0, queueSize: 1000, discardOldest: false }, TimestampsToReturn.Both);
      item.on("changed", (value) => say({ event: { EventType: node, value: plain(value.value.value) } }));
    }
    return null;
  },
  // Jobs one after the other: each waits for its ResultReady. {job, call ms, result ms, verdict}
  async jobs({ object, method, count, resultType }) {
    const waiting = new Map(), early = new Map(), rows = [];
    const fields = ["EventType", `${MV}:JobId`, `${MV}:ResultState`, `${MV}:ResultContent`];
    subscription = subscription || ClientSubscription.create(session, {
      requestedPublishingInterval: 10, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 20,
      maxNotificationsPerPublish: 100, publishingEnabled: true, priority: 10,
    });
    const item = await subscription.monitor(
      { nodeId: "ns=2;s=Vision", attributeId: AttributeIds.EventNotifier },
      { samplingInterval: 0, queueSize: 1000, discardOldest: true, filter: constructEventFilter(fields) },
      TimestampsToReturn.Both);
    item.on("changed", (values) => {
      if (values[0].value.toString() !== resultType) return;
      const job = values[1].value.id, heard = { at: performance.now(), content: plain(values[3].value) };
      if (waiting.has(job)) waiting.get(job)(heard); else early.set(job, heard);
    });
    const empty = async (name, text) => ({ dataType: DataType.ExtensionObject, value: await structure(name, { id: text }) });
    for (let n = 0; n < count; n++) {
      const inputArguments = [
        await empty("MeasIdDataType", ""), await empty("PartIdDataType", `P-${n}`),
        await empty("RecipeIdExternalDataType", ""), await empty("ProductIdDataType", ""),
        { dataType: DataType.Variant, arrayType: VariantArrayType.Array, value: [] },
      ];
      const began = performance.now();
      let answer, error = -2;
      for (let tries = 0; tries < 200 && error !== 0; tries++) {
        answer = await session.call({ objectId: object, methodId: method, inputArguments });
        error = answer.outputArguments[1].value;
        if (error !== 0) await new Promise((done) => setTimeout(done, 10));
      }
      const called = performance.now(), job = answer.outputArguments[0].value.id;
      const heard = early.get(job) || await new Promise((done, fail) => {
        waiting.set(job, done);
        setTimeout(() => fail(new Error(`no result for job ${n}`)), 10000);
      });
      rows.push({ job, error, call: called - began, result: heard.at - began, content: heard.content });
    }
    return rows;
  },
  async close() {
    if (subscription) await subscription.terminate().catch(() => null);
    if (session) await session.close().catch(() => null);
    if (client) await client.disconnect().catch(() => null);
    subscription = session = client = null;
    return null;
  },
};

readline.createInterface({ input: process.stdin }).on("line", async (line) => {
  const order = JSON.parse(line);
  try {
    say({ id: order.id, result: await ops[order.op](order) });
  } catch (error) {
    if (order.op === "connect" && client) await client.disconnect().catch(() => null);
    say({ id: order.id, error: String(error && error.message ? error.message : error) });
  }
}).on("close", () => process.exit(0));
say({ event: "up" });
