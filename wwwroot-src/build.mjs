// Builds what the server sends from what people edit.
//   npm run build              writes ../Dressora.Web/wwwroot and ../Dressora.Web/Shell/icons.json
//   npm run build -- --check   writes nothing; names every built file that is not what the source says
import { readFileSync, writeFileSync, readdirSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build as bundle } from 'esbuild';
import { transform, Features } from 'lightningcss';
import { faults } from './css-rules.mjs';

const CSS_MAX = 8192;
const JS_MAX = 20480;
const source = dirname(fileURLToPath(import.meta.url));
const web = join(source, '../Dressora.Web');
const read = path => readFileSync(join(source, path), 'utf8');
const list = (folder, end) => readdirSync(join(source, folder), { recursive: true })
  .filter(name => name.endsWith(end)).map(name => `${folder}/${name.replaceAll('\\', '/')}`).sort();

function stop(...lines) {
  console.error(lines.join('\n'));
  process.exit(1);
}

function styles() {
  const entry = read('css/app.css');
  const layers = entry.match(/@layer ([^;]+);/)[1].split(', ');
  const files = [...entry.matchAll(/@import url\("(.+?)"\) layer\((\w+)\);/g)]
    .map(([, name, layer]) => ({ path: `css/${name}`, layer: layers.indexOf(layer), text: read(`css/${name}`) }))
    .sort((a, b) => a.layer - b.layer);
  const lost = list('css', '.css').filter(path => path !== 'css/app.css' && !files.some(file => file.path === path));
  const wrong = [...lost.map(path => `${path} is not imported by css/app.css`), ...faults(files)];
  if (wrong.length) stop(...wrong);

  const { code, warnings } = transform({
    filename: 'app.css', code: Buffer.from(files.map(followDevice).join('\n')), minify: true,
    targets: { safari: 14 << 16 | 1 << 8, ios_saf: 14 << 16 | 5 << 8, chrome: 90 << 16, firefox: 88 << 16 },
    exclude: Features.LightDark,
  });
  if (warnings.length) stop(...warnings.map(warning => `css: ${warning.message}`));
  return Buffer.from(code);
}

// data-theme=system is the dark theme, where the device asks for it.
function followDevice({ path, text }) {
  if (path !== 'css/tokens.css') return text;
  const dark = text.match(/\[data-theme=dark\] (\{[^}]*\})/)[1];
  return `${text}@media screen and (prefers-color-scheme: dark) { [data-theme=system] ${dark} }`;
}

async function script() {
  const lost = list('js/behaviours', '.js').filter(path => !read('js/app.js').includes(path.slice(3)));
  if (lost.length) stop(...lost.map(path => `${path} is not imported by js/app.js`));
  const { outputFiles: [file] } = await bundle({
    entryPoints: [join(source, 'js/app.js')], bundle: true, minify: true, write: false, format: 'iife', charset: 'utf8',
    target: ['es2019', 'safari14.1', 'chrome90', 'firefox88'], legalComments: 'none', logLevel: 'warning',
    define: { eval: 'undefined', Function: 'undefined' },  // htmx can then evaluate no string, whatever its settings say
  });
  return Buffer.from(file.contents);
}

function icons() {
  const markup = path => read(path).match(/^<svg [^>]*viewBox="0 0 24 24"[^>]*>(.+)<\/svg>\s*$/s)?.[1]
    ?? stop(`${path} is not one svg with viewBox="0 0 24 24"`);
  const named = list('icons', '.svg').map(path => [path.slice('icons/'.length, -'.svg'.length), markup(path).trim()]);
  return Buffer.from(`${JSON.stringify(Object.fromEntries(named), null, 2)}\n`);
}

function manifest() {
  const value = name => read('css/tokens.css').match(`${name}: (#[0-9a-f]{6});`)[1];
  return Buffer.from(read('manifest.webmanifest').replace(/var\((--[\w-]+)\)/g, (_, name) => value(name)));
}

const built = new Map([
  ['wwwroot/app.css', styles()],
  ['wwwroot/app.js', await script()],
  ['wwwroot/manifest.webmanifest', manifest()],
  ['Shell/icons.json', icons()],
  ...['.svg', '.png', '.jpg'].flatMap(end => list('images', end)).map(path => [`wwwroot/${path}`, readFileSync(join(source, path))]),
]);

for (const [path, max] of [['wwwroot/app.css', CSS_MAX], ['wwwroot/app.js', JS_MAX]]) {
  const size = gzipSync(built.get(path), { level: 9 }).length;
  console.log(`${path}  ${built.get(path).length} B, gzip -9 ${size} B of ${max}`);
  if (size > max) stop(`${path} is ${size - max} B over its budget: drop what nothing uses.`);
}

if (process.argv.includes('--check')) {
  const present = existsSync(join(web, 'wwwroot')) ? readdirSync(join(web, 'wwwroot'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name).slice(web.length + 1).replaceAll('\\', '/')) : [];
  const stale = [...built].filter(([path, bytes]) => !existsSync(join(web, path)) || !readFileSync(join(web, path)).equals(bytes));
  const wrong = [
    ...stale.map(([path]) => `Dressora.Web/${path} is not what wwwroot-src says: npm run build, and commit it`),
    ...present.filter(path => !built.has(path)).map(path => `Dressora.Web/${path} is not built from wwwroot-src: remove it`),
  ];
  if (wrong.length) stop(...wrong);
} else {
  rmSync(join(web, 'wwwroot'), { recursive: true, force: true });
  for (const [path, bytes] of built) {
    mkdirSync(dirname(join(web, path)), { recursive: true });
    writeFileSync(join(web, path), bytes);
  }
}
