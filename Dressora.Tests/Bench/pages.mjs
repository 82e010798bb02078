// Measures the pages as people meet them: Lighthouse, two slow lines, weights, and the server's own time.
// It prints figures and judges nothing. usage: node pages.mjs [lighthouse] [line] [weight] [server]; all of them when none is named
import { chromium, lighthouse } from "./pages-tools.mjs";
import { House } from "./pages-house.mjs";
import { onLine } from "./pages-line.mjs";
import { weighPages, weighVisit } from "./pages-weight.mjs";
import { timeServer } from "./pages-server.mjs";

const asked = process.argv.slice(2);
const wants = (part) => asked.length === 0 || asked.includes(part);
const port = 3112;
const house = await House.start(3113);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", `--remote-debugging-port=${port}`],
});

try {
  const person = await house.signIn(1);
  const photo = await drawPhoto();
  const job = await house.furnish(person, photo, 12);
  const pages = [
    ["landing", "/", false], ["sign-in", "/account/sign-in", false], ["prices", "/pricing", false], ["studio", "/studio", true],
    ["editor", "/studio/try-on", true], ["job", `/jobs/${job}`, true], ["history", "/history", true], ["wardrobe", "/wardrobe", true],
    ["credits", "/credits", true], ["receipt", `/credits/job:${job}`, true], ["notices", "/notices", true], ["account", "/account", true],
  ].map(([name, path, inside]) => ({ name, path, cookie: inside ? person : null }));
  const flagship = pages.filter(({ name }) => ["landing", "editor", "job", "history"].includes(name));

  if (wants("lighthouse")) await runLighthouse(flagship);
  if (wants("line")) await onLine(browser, house, pages.filter(({ name }) => ["landing", "sign-in", "editor", "job", "history"].includes(name)));
  if (wants("weight")) {
    await weighPages(browser, house, pages);
    await weighVisit(browser, house, 21, photo);
  }
  if (wants("server")) await timeServer(house, pages.filter(({ cookie }) => cookie), 20);
} finally {
  await browser.close();
  await house.stop();
}

async function runLighthouse(pages) {
  const limit = 98;
  console.log(`\nLighthouse, a phone on its slow 4G, the middle of 3 runs (at least ${limit})`);
  console.log("page       performance  accessibility  best practices   FCP     LCP     TBT     CLS");
  for (const { name, path, cookie } of pages) {
    const runs = [];
    for (let run = 0; run < 3; run++) {
      const { lhr } = await lighthouse(house.at + path, {
        port, logLevel: "error", output: "json", onlyCategories: ["performance", "accessibility", "best-practices"],
        extraHeaders: cookie ? { Cookie: cookie } : undefined,
      });
      runs.push(lhr);
    }
    const lhr = runs.sort((a, b) => a.categories.performance.score - b.categories.performance.score)[1];
    const score = (category) => String(Math.round(lhr.categories[category].score * 100));
    const of = (audit, digits = 0) => (lhr.audits[audit].numericValue ?? 0).toFixed(digits);
    console.log(name.padEnd(11) + score("performance").padEnd(13) + score("accessibility").padEnd(15) + score("best-practices").padEnd(17)
      + [of("first-contentful-paint"), of("largest-contentful-paint"), of("total-blocking-time"), of("cumulative-layout-shift", 3)].map((x) => x.padEnd(8)).join(""));
    const below = Object.values(lhr.categories).filter(({ score }) => score * 100 < 100)
      .flatMap(({ auditRefs }) => auditRefs).filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.99);
    for (const { id } of below)
      console.log(`           ${id}: ${lhr.audits[id].displayValue ?? ""} ${(lhr.audits[id].details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? item.description ?? item.url ?? "").join(" | ")}`);
  }
}

/** What a phone would send: 12 MP of cloth, skin and noise would be more, 1200 by 1600 is what the script shrinks it to. */
async function drawPhoto() {
  const page = await browser.newPage();
  const base64 = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1200, height: 1600 });
    const pen = canvas.getContext("2d");
    const paint = pen.createLinearGradient(0, 0, 1200, 1600);
    [[0, "#d8c9b4"], [0.5, "#96786e"], [1, "#3b3345"]].forEach(([at, colour]) => paint.addColorStop(at, colour));
    pen.fillStyle = paint;
    pen.fillRect(0, 0, 1200, 1600);
    for (let i = 0; i < 6000; i++) {
      pen.fillStyle = `hsl(${(i * 37) % 360} 30% ${30 + (i * 13) % 45}% / .25)`;
      pen.fillRect((i * 7919) % 1200, (i * 104729) % 1600, 4 + (i % 40), 3 + (i % 25));
    }
    return canvas.toDataURL("image/jpeg", 0.85).split(",")[1];
  });
  await page.close();
  return Buffer.from(base64, "base64");
}
