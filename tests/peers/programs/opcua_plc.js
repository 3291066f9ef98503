// A controller with an OPC UA server; sets what it reads from stdin, a line each: {"name", "value"}.
// argv: port, folder of its certificates, "secured" or nothing. Needs node-opcua-server.
"use strict";
const readline = require("readline");
const { OPCUAServer } = require("node-opcua-server");
const { OPCUACertificateManager } = require("node-opcua-certificate-manager");
const { DataType, Variant } = require("node-opcua-variant");

(async () => {
  const rootFolder = process.argv[3];
  const secured = process.argv[4] === "secured";
  const serverCertificateManager = new OPCUACertificateManager({
    rootFolder, automaticallyAcceptUnknownCertificate: true,
  });
  await serverCertificateManager.initialize();
  const server = new OPCUAServer({
    port: Number(process.argv[2]), resourcePath: "/plc", serverCertificateManager, allowAnonymous: !secured,
    userManager: { isValidUser: (user, password) => user === "plc" && password === "a secret, ü" },
    ...(secured ? { securityPolicies: ["http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256"] } : {}),
  });
  await server.initialize();
  const space = server.engine.addressSpace, namespace = space.getOwnNamespace();
  const device = namespace.addObject({ organizedBy: space.rootFolder.objects, browseName: "PLC" });
  const values = {
    Temperature: [DataType.Double, 21.5], Speed: [DataType.Int16, 300], Tool: [DataType.UInt32, 7],
    Running: [DataType.Boolean, true], Name: [DataType.String, "press"],
  };
  const nodes = {};
  for (const [name, [dataType, value]] of Object.entries(values)) {
    nodes[name] = namespace.addVariable({
      componentOf: device, browseName: name, nodeId: `s=${name}`, dataType, value: { dataType, value },
    });
  }
  await server.start();
  process.stdout.write("up\n");
  readline.createInterface({ input: process.stdin }).on("line", (line) => {
    const { name, value } = JSON.parse(line);
    nodes[name].setValueFromSource(new Variant({ dataType: values[name][0], value }));
  }).on("close", () => process.exit(0));
})();
