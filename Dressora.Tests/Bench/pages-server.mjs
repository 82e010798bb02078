// How long the server takes for a page while so many people are at it: each with a pause as people make one, then without.
import { Agent, get } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { nth } from "./pages-tools.mjs";

const halfLimit = 15;
const nearlyAllLimit = 80;

export async function timeServer(house, pages, people) {
  const cookies = [];
  for (let n = 1; n <= people; n++) cookies.push(await house.signIn(n));
  const jobs = await Promise.all(cookies.map((cookie) => furnish(house, cookie)));
  console.log(`\nServer time of a page in ms, ${people} people at once (p50 at most ${halfLimit}, p95 ${nearlyAllLimit})`);
  console.log("page       a page every 1 to 2 s: p50   p95    max      without a pause: p50   p95    max    pages/s");
  for (const { name, path } of pages) {
    const of = (i) => path.replace(/[0-9a-f]{32}/, jobs[i]);
    await loop(house, cookies, of, 10, 0);
    const calm = await loop(house, cookies, of, 8, 1000);
    const began = performance.now();
    const tight = await loop(house, cookies, of, 40, 0);
    const rate = tight.length / ((performance.now() - began) / 1000);
    const told = (times) => [0.5, 0.95, 1].map((share) => nth(times, share).toFixed(1).padStart(7)).join("");
    console.log(name.padEnd(33) + told(calm) + " ".repeat(19) + told(tight) + rate.toFixed(0).padStart(9));
  }
}

/** A full page of history each: with the words alone a job needs no second photo. */
async function furnish(house, cookie) {
  const wardrobe = await (await fetch(house.at + "/wardrobe", { headers: { Cookie: cookie } })).text();
  const person = /\/wardrobe\/photo\/([0-9a-f]{32})/.exec(wardrobe)[1];
  const ids = [];
  for (let i = 0; i < 12; i++) {
    const body = JSON.stringify({ module: "try-on", person, description: `Plain shirt number ${i}, soft daylight`, category: "top", states: true });
    ids.push(await house.ask(cookie, body, { "content-type": "application/json" }));
  }
  for (const id of ids) await house.done(cookie, id);
  return ids.at(-1);
}

async function loop(house, cookies, pathOf, times, rest) {
  const agent = new Agent({ keepAlive: true, maxSockets: cookies.length });
  const seen = await Promise.all(cookies.map(async (cookie, i) => {
    const took = [];
    if (rest) await pause((rest * i) / cookies.length);
    for (let n = 0; n < times; n++) {
      took.push(await time(agent, house.at + pathOf(i), cookie));
      if (rest) await pause(rest + Math.random() * rest);
    }
    return took;
  }));
  agent.destroy();
  return seen.flat();
}

function time(agent, url, cookie) {
  return new Promise((tell, fail) => {
    const began = performance.now();
    get(url, { agent, headers: { Cookie: cookie, "accept-encoding": "gzip" } }, (answer) => {
      if (answer.statusCode !== 200) fail(new Error(`${url} answered ${answer.statusCode}`));
      answer.resume();
      answer.on("end", () => tell(performance.now() - began));
    }).on("error", fail);
  });
}
