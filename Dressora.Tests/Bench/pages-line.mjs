// What a phone on a slow line lives through, in Chromium with its line and its processor held back.
import { nth } from "./pages-tools.mjs";

const lines = [
  { name: "400 kbps, 400 ms, processor 4 times slower", down: 400, latency: 400, slower: 4, usable: 5000, lcp: null, inp: null, cls: 0.05 },
  { name: "9 Mbps, 100 ms", down: 9000, latency: 100, slower: 1, usable: null, lcp: 1500, inp: 100, cls: 0.05 },
];
const runs = 3;
const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

export async function onLine(browser, house, pages) {
  console.log("\nChromium adds the latency to every request; a first visit over the net pays it twice more, for TCP and TLS.");
  for (const line of lines) {
    const limit = (name, value) => (value === null ? "" : `, ${name} at most ${value}`);
    console.log(`\n${line.name}: cold, the middle of ${runs}${limit("usable", line.usable)}${limit("LCP", line.lcp)}${limit("INP", line.inp)}${limit("CLS", line.cls)}`);
    console.log("page       usable   FCP      LCP      all in   INP      CLS     what was largest");
    for (const page of pages) {
      const seen = [];
      for (let run = 0; run < runs; run++) seen.push(await visit(browser, house, page, line));
      const of = (name) => nth(seen.map((one) => one[name]), 0.5);
      console.log(page.name.padEnd(11) + ["usable", "fcp", "lcp", "load", "inp"].map((name) => String(Math.round(of(name))).padEnd(9)).join("")
        + of("cls").toFixed(3).padEnd(8) + seen[0].largest);
    }
  }
}

async function visit(browser, house, { path, cookie }, line) {
  const context = await browser.newContext(phone);
  try {
    if (cookie) {
      await context.addCookies(cookie.split("; ").map((pair) => ({
        name: pair.slice(0, pair.indexOf("=")), value: pair.slice(pair.indexOf("=") + 1), url: house.at,
      })));
    }
    const page = await context.newPage();
    const wire = await context.newCDPSession(page);
    await wire.send("Network.enable");
    await wire.send("Network.emulateNetworkConditions", {
      offline: false, latency: line.latency, downloadThroughput: (line.down * 1000) / 8, uploadThroughput: (line.down * 1000) / 8,
    });
    await wire.send("Emulation.setCPUThrottlingRate", { rate: line.slower });
    await page.addInitScript(watch);
    await page.goto(house.at + path, { waitUntil: "load", timeout: 60_000 });
    await page.waitForTimeout(500);
    await press(page);
    return await page.evaluate(() => {
      const { seen } = window;
      const [navigation] = performance.getEntriesByType("navigation");
      const fcp = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
      // Painted, and its script has run; without script its forms can be pressed before.
      return { ...seen, fcp, usable: Math.max(fcp, navigation.domContentLoadedEventEnd), load: navigation.loadEventEnd };
    });
  } finally {
    await context.close();
  }
}

/** Opens what folds and presses what chooses, as a finger would. */
async function press(page) {
  for (const selector of ["main summary >> visible=true", ".seg label >> visible=true", "main [type=checkbox] >> visible=true"]) {
    const all = page.locator(selector);
    const count = Math.min(await all.count(), 3);
    for (let i = 0; i < count; i++) await all.nth(i).tap({ timeout: 5000 }).catch(() => {});
  }
  await page.waitForTimeout(300);
}

function watch() {
  const seen = (window.seen = { lcp: 0, cls: 0, inp: 0, largest: "" });
  const on = (type, take, more) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  on("largest-contentful-paint", (entry) => {
    seen.lcp = entry.startTime;
    seen.largest = entry.url ? new URL(entry.url).pathname : entry.element?.tagName.toLowerCase() ?? "";
  });
  on("layout-shift", (entry) => (seen.cls += entry.hadRecentInput ? 0 : entry.value));
  on("event", (entry) => (seen.inp = entry.interactionId ? Math.max(seen.inp, entry.duration) : seen.inp), { durationThreshold: 16 });
}
