// A machine that takes every job and never calls back: whoever measures sends the calls, signed as it would.
import { createServer } from "node:http";

const answers = {
  POST: [202, JSON.stringify({ accepted: true, waitSeconds: 2600 })],
  GET: [200, JSON.stringify({ status: "running" })],
  DELETE: [200, "{}"],
};

createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  request.resume();
  request.on("end", () => {
    const [status, body] = answers[request.method] ?? [405, "{}"];
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body);
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
