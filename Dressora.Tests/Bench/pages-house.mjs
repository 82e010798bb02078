// The published house on a port of its own, with made-up people, sessions and pictures from the sandbox.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const root = new URL("../..", import.meta.url).pathname;
const program = join(root, ".build/app/Dressora.Web.dll");
const password = "seeded for measuring";

const header = (jar) => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

export class House {
  static async start(port) {
    execFileSync(join(root, "run.sh"), ["--build-only"], { stdio: ["ignore", 2, 2] });
    const data = mkdtempSync(join(tmpdir(), "dressora-pages-"));
    execFileSync("dotnet", [program, "seed", "--people", "21", "--results", "5", "--credits", "5000", "--data", data], { stdio: ["ignore", 2, 2] });
    const house = new House(`http://127.0.0.1:${port}`, data);
    house.server = spawn("dotnet", [program], {
      stdio: ["ignore", 2, 2],
      env: {
        ...process.env, Data: data, Urls: house.at, Site__Address: house.at, Site__RateScale: "1000000", Logs__Level: "Warning",
        ASPNETCORE_ENVIRONMENT: "Measurement",
      },
    });
    for (let i = 0; i < 200; i++) {
      if (await fetch(house.at + "/up").then((answer) => answer.ok, () => false)) return house;
      await pause(100);
    }
    await house.stop();
    throw new Error("The server did not come up.");
  }

  constructor(at, data) {
    Object.assign(this, { at, data, password });
  }

  address(n) {
    return `person${n}@seed.invalid`;
  }

  /** The cookies of a fresh session, as one header; whoever is new has been shown in. */
  async signIn(n) {
    const jar = new Map();
    await this.post(jar, "/account/sign-in", { "Form.Email": this.address(n), "Form.Password": password, "Form.Stay": "true" });
    await this.post(jar, "/welcome", { "Form.Skips": "true" });
    return header(jar);
  }

  async post(jar, path, fields) {
    const keep = (answer) => answer.headers.getSetCookie().forEach((line) => {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      jar.set(name, value);
    });
    const page = await fetch(this.at + path, { headers: { Cookie: header(jar) } });
    keep(page);
    const token = /__RequestVerificationToken" type="hidden" value="([^"]+)"/.exec(await page.text())?.[1] ?? "";
    const answer = await fetch(this.at + path, {
      method: "POST", redirect: "manual", headers: { Cookie: header(jar), Origin: this.at },
      body: new URLSearchParams({ ...fields, __RequestVerificationToken: token }),
    });
    keep(answer);
    if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}.`);
  }

  /** So many finished try-ons of a photo, and the newest one's number. */
  async furnish(cookie, photo, count) {
    const ids = [];
    for (let i = 0; i < count; i++) {
      const form = new FormData();
      form.set("module", "try-on");
      form.set("category", "top");
      form.set("states", "true");
      form.set("description", `Linen shirt number ${i}, off-white, loose, long sleeves`);
      form.set("person", new Blob([photo], { type: "image/jpeg" }), "me.jpg");
      ids.push(await this.ask(cookie, form, {}));
    }
    for (const id of ids) await this.done(cookie, id);
    return ids.at(-1);
  }

  async ask(cookie, body, headers) {
    const answer = await fetch(this.at + "/api/jobs/create", { method: "POST", body, headers: { Cookie: cookie, Origin: this.at, ...headers } });
    if (!answer.ok) throw new Error(`Asking for a job answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()).id;
  }

  async done(cookie, id) {
    for (let i = 0; i < 600; i++) {
      const { status } = await (await fetch(`${this.at}/api/jobs/${id}/status`, { headers: { Cookie: cookie } })).json();
      if (status === "done") return;
      if (status !== "queued" && status !== "working") throw new Error(`The job ended as ${status}.`);
      await pause(250);
    }
    throw new Error("The job never ended.");
  }

  async stop() {
    if (this.server && this.server.exitCode === null) {
      this.server.kill("SIGTERM");
      await new Promise((gone) => this.server.once("exit", gone));
    }
    rmSync(this.data, { recursive: true, force: true });
  }
}
