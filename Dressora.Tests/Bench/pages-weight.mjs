// Bytes on the wire as Chromium counts them, heads of the answers included.
const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const kinds = { Document: "html", Stylesheet: "css", Script: "js", Image: "pictures" };
const visitMax = 450;

export async function weighPages(browser, house, pages) {
  console.log("\nWeights of a cold page in bytes, compressed (HTML at most 14,336, CSS 8,192, JS 20,480; requests 4 pictures apart)");
  console.log("page       HTML    CSS     JS      other   pictures   all     requests  of pictures");
  for (const { name, path, cookie } of pages) {
    const context = await browser.newContext(phone);
    if (cookie) await become(context, house, cookie);
    const page = await context.newPage();
    const scale = await weigh(context, page);
    await page.goto(house.at + path, { waitUntil: "networkidle" });
    await scroll(page);
    const { bytes, count, all, requests } = scale();
    console.log(name.padEnd(11) + ["html", "css", "js", "other"].map((kind) => String(bytes[kind]).padEnd(8)).join("")
      + String(bytes.pictures).padEnd(11) + String(all).padEnd(8) + String(requests - count.pictures).padEnd(10) + count.pictures);
    await context.close();
  }
}

/** Land, sign in, choose a photo and a garment, press, wait, see: on a device that was never here. */
export async function weighVisit(browser, house, n, photo) {
  console.log(`\nThe whole visit in KB, each step with what it added (at most ${visitMax})`);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const scale = await weigh(context, page);
  let before = 0;
  const told = async (step) => {
    await page.waitForLoadState("networkidle");
    const { all, requests } = scale();
    console.log(`${step.padEnd(34)}${kilo(all - before).padStart(7)}  ${kilo(all).padStart(7)} so far, ${requests} requests`);
    before = all;
  };
  await page.goto(house.at + "/");
  await scroll(page);
  await told("land");
  await page.goto(house.at + "/account/sign-in");
  await page.getByLabel("E-mail", { exact: true }).fill(house.address(n));
  await page.getByLabel("Password", { exact: true }).fill(house.password);
  await told("sign-in");
  await page.getByRole("button", { name: "Sign in", exact: true }).tap();
  await page.waitForURL((url) => !url.pathname.startsWith("/account"));
  await told("studio or welcome");
  await page.goto(house.at + "/studio/try-on");
  await scroll(page);
  await told("editor");
  // The seeded photo fills the frame, so the doors are folded away; a file can be set all the same.
  await Promise.all([
    page.waitForResponse((answer) => answer.url().includes("/slot") && answer.request().method() === "POST"),
    page.setInputFiles("#person-file", { name: "me.jpg", mimeType: "image/jpeg", buffer: photo }),
  ]);
  await page.waitForTimeout(500);
  await told("own photo taken and checked");
  await page.check("#garment-sample-kurta", { force: true });
  await page.getByText("One of ours, to try with.").waitFor({ timeout: 30_000 });
  await told("garment borrowed");
  const states = page.locator("[name='Form.States']");
  if (await states.count()) await states.check();
  await page.getByRole("button", { name: /^Try it on for/ }).tap();
  await page.waitForURL(/\/jobs\//);
  await told("pressed, job shown");
  await page.getByText("After, made with AI").first().waitFor({ timeout: 60_000 });
  await told("waited, result shown");
  await context.close();
}

const kilo = (bytes) => (bytes / 1024).toFixed(1);

async function become(context, house, cookie) {
  await context.addCookies(cookie.split("; ").map((pair) => ({
    name: pair.slice(0, pair.indexOf("=")), value: pair.slice(pair.indexOf("=") + 1), url: house.at,
  })));
}

/** Down to the foot and back, so that what loads late is counted too. */
async function scroll(page) {
  await page.evaluate(async () => {
    for (let at = 0; at < document.body.scrollHeight; at += 500) {
      window.scrollTo(0, at);
      await new Promise((next) => setTimeout(next, 30));
    }
    window.scrollTo(0, 0);
  });
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(300);
}

async function weigh(context, page) {
  const wire = await context.newCDPSession(page);
  const asked = new Map();
  const done = [];
  await wire.send("Network.enable");
  wire.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (response.url.startsWith("http")) asked.set(requestId, { kind: kinds[type] ?? "other", cached: response.fromDiskCache });
  });
  wire.on("Network.requestServedFromCache", ({ requestId }) => asked.set(requestId, { kind: "other", cached: true }));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const one = asked.get(requestId);
    if (one && !one.cached && encodedDataLength > 0) done.push({ kind: one.kind, bytes: encodedDataLength });
  });
  return () => {
    const bytes = { html: 0, css: 0, js: 0, other: 0, pictures: 0 };
    const count = { ...bytes };
    for (const one of done) {
      bytes[one.kind] += one.bytes;
      count[one.kind]++;
    }
    return { bytes, count, all: done.reduce((sum, one) => sum + one.bytes, 0), requests: done.length };
  };
}
