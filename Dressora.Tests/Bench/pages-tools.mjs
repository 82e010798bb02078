// Lighthouse and Playwright, from the folder that TOOLS names: .build/pages when it names none.
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.env.TOOLS ?? new URL("../../.build/pages", import.meta.url).pathname);
const from = createRequire(pathToFileURL(`${folder}/package.json`));
const load = async (name) => (await import(pathToFileURL(from.resolve(name)))).default;

export const { chromium } = await load("playwright-core");
export const lighthouse = await load("lighthouse");

export const nth = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
