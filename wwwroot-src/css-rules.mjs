// What a stylesheet of ours may not say. Returns one sentence a fault: file, line, remedy.
import { transform } from 'lightningcss';

const colour = /#[\da-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|[:\s,(](?:white|black|gr[ae]y|red|green|blue)[\s;,)]/i;

export function faults(files) {
  const rules = files.flatMap(read);
  return [...files.flatMap(halves), ...files.flatMap(colours), ...rules.flatMap(shouts), ...fights(rules)];
}

function read({ path, layer, text }) {
  const rules = [];
  const style = ({ value: { selectors, declarations, loc } }) => {
    const properties = declarations.declarations.concat(declarations.importantDeclarations)
      .map(d => d.property === 'unparsed' ? d.value.propertyId.property : d.property === 'custom' ? d.value.name : d.property);
    for (const selector of selectors)
      rules.push({
        at: `${path}:${loc.line + 1}`, layer, properties,
        important: declarations.importantDeclarations.length > 0,
        weight: weigh(selector), subject: subject(selector),
      });
  };
  transform({ filename: path, code: Buffer.from(text), visitor: { Rule: { style } } });
  return rules;
}

// A rule left open would swallow the file after it.
function halves({ path, text }) {
  const bare = withoutComments(text);
  return bare.split('{').length === bare.split('}').length ? [] : [`${path} has a brace without its other half`];
}

function colours({ path, text }) {
  if (path.endsWith('tokens.css')) return [];
  return withoutComments(text).split('\n').flatMap((line, i) =>
    colour.test(line.slice(line.indexOf('{') + 1)) ? [`${path}:${i + 1} a raw colour: give it a meaning in tokens.css`]
      : line.includes('--raw-') ? [`${path}:${i + 1} a raw value: use the meaning that tokens.css gives it`] : []);
}

function shouts({ at, important, weight }) {
  return [
    ...important ? [`${at} !important: put the rule later, or in utilities.css`] : [],
    ...weight[0] ? [`${at} an id selector: give the element a class`] : [],
  ];
}

// The build drops the layers, so a rule of an earlier layer must never outweigh one of a later layer.
function fights(rules) {
  return rules.flatMap(low => rules.filter(high => high.layer > low.layer
    && heavier(low.weight, high.weight) && low.subject.some(name => high.subject.includes(name))
    && low.properties.some(p => high.properties.some(q => overlap(p, q))))
    .map(high => `${low.at} outweighs ${high.at}, which is in a later layer: make it one class deep`));
}

function weigh(selector) {
  const sum = [0, 0, 0];
  for (const part of selector) {
    if (part.type === 'id') sum[0]++;
    else if (part.type === 'type' || part.type === 'pseudo-element') sum[2]++;
    else if (part.selectors) part.selectors.map(weigh).sort((a, b) => heavier(a, b) ? -1 : 1)[0].forEach((n, i) => sum[i] += n);
    else if (part.type === 'class' || part.type === 'attribute' || part.type === 'pseudo-class') sum[1]++;
  }
  return sum;
}

function heavier(a, b) {
  const i = a.findIndex((n, at) => n !== b[at]);
  return i >= 0 && a[i] > b[i];
}

function subject(selector) {
  const compound = selector.slice(selector.findLastIndex(part => part.type === 'combinator') + 1);
  return compound.filter(part => part.type === 'class').map(part => part.name);
}

function withoutComments(text) {
  return text.replace(/\/\*.*?\*\//gs, comment => comment.replace(/[^\n]/g, ' '));
}

function overlap(a, b) {
  return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`);
}
