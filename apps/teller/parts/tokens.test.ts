// The colours must be readable in both themes: 4.5:1 for text, 3:1 for lines that mean something (WCAG 2.2).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const source = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** Name -> colour in the light and in the dark theme. */
const tokens = new Map(
  [...source.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
);

/** Relative luminance of an sRGB colour, as WCAG defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ['window', 'surface', 'surface-raised'] as const;
const texts = ['text', 'text-dim', 'accent', 'red', 'amber', 'green'] as const;

function check(front: string, ground: string, least: number): void {
  for (const theme of ['light', 'dark'] as const) {
    const [one, other] = [tokens.get(front)?.[theme], tokens.get(ground)?.[theme]];
    assert.ok(one && other, `${front} and ${ground} are tokens`);
    const found = contrast(one, other);
    assert.ok(found >= least, `${front} on ${ground}, ${theme}: ${found.toFixed(2)} < ${least}`);
  }
}

test('text is readable on every ground', () => {
  for (const text of texts) for (const ground of grounds) check(text, ground, 4.5);
  for (const tone of ['accent', 'red', 'amber', 'green']) check(tone, `${tone}-surface`, 4.5);
  check('text', 'accent-surface', 4.5);
  check('text-dim', 'accent-surface', 4.5);
  check('on-accent', 'accent', 4.5);
});

test('lines that mean something can be seen', () => {
  for (const ground of grounds) {
    check('line-strong', ground, 3);
    check('focus', ground, 3);
  }
});

test('three sizes and two weights, no more', () => {
  assert.equal(source.match(/--size-/g)?.length, 3);
  assert.equal(source.match(/--weight/g)?.length, 2);
});
