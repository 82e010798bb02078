// Numbers as people type and read them, and the exchange of credits and money in whole ten-thousandths of the currency.
const lang = document.documentElement.lang || undefined;
const comma = (1.5).toLocaleString(lang).includes(',');

// In every language '1,000.5', '1 000,5' and '1.000,5' are the same: the last mark divides, but a comma before just three
// digits groups. What follows the fourth place is dropped. NaN when it is no number.
export function parse(typed) {
  const [, whole, part] = /^([\d.,]*?)(?:(?:\.|,(?!\d{3}$))(\d*))?$/.exec(typed.replace(/\s/g, '')) || [];
  return whole || part ? whole.replace(/[.,]/g, '') * 10000 + +(part || '').padEnd(4, 0).slice(0, 4) : NaN;
}

export const wholeOf = amount => Math.floor((amount + 5000) / 10000);
export const centsFor = (credits, rate) => Math.floor((credits * rate + 50) / 100);
export const creditsFor = (amount, rate) => Math.floor((amount * 2 + rate) / (rate * 2));

export function write(cents) {
  const plain = (cents / 100).toFixed(2);
  return comma ? plain.replace('.', ',') : plain;
}

export const show = (number, places) =>
  number.toLocaleString(lang, { minimumFractionDigits: places, maximumFractionDigits: places });
