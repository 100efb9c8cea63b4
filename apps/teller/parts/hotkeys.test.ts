// A key must do one thing, and under a dialog only what the dialog says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chordOf, createHotkeys, isTyping } from './hotkeys.ts';

const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };
const key = (chord: string, run: () => void = () => undefined) => ({ chord, what: chord, run });

test('a key event is written as a chord', () => {
  assert.equal(chordOf({ ...none, key: 'F2' }), 'F2');
  assert.equal(chordOf({ ...none, key: 'a' }), 'A');
  assert.equal(chordOf({ ...none, key: 'A', shiftKey: true }), 'Shift+A');
  assert.equal(chordOf({ ...none, key: '?', shiftKey: true }), '?');
  assert.equal(chordOf({ ...none, key: 'Enter', ctrlKey: true, altKey: true }), 'Ctrl+Alt+Enter');
  assert.equal(chordOf({ ...none, key: 'Shift', shiftKey: true }), undefined);
  assert.equal(chordOf({ ...none, key: 'r', metaKey: true }), undefined);
  assert.deepEqual(['A', 'Shift+A', '?', 'F2', 'Escape'].map(isTyping), [
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('the topmost layer that knows the chord answers, and its going away gives the key back', () => {
  const hotkeys = createHotkeys();
  const pressed: string[] = [];
  hotkeys.add({ title: 'shell', isLasting: true, keys: [key('F1', () => pressed.push('help'))] });
  const remove = hotkeys.add({ title: 'screen', keys: [key('A', () => pressed.push('approve'))] });
  assert.equal(hotkeys.press('A'), true);
  assert.equal(hotkeys.press('F1'), true);
  remove();
  assert.equal(hotkeys.press('A'), false);
  assert.deepEqual(pressed, ['approve', 'help']);
});

test('a dialog hides the layers under it but the lasting ones', () => {
  const hotkeys = createHotkeys();
  hotkeys.add({ title: 'shell', isLasting: true, keys: [key('F1')] });
  hotkeys.add({ title: 'screen', keys: [key('F2'), key('Escape')] });
  const remove = hotkeys.add({ title: 'dialog', isModal: true, keys: [key('Escape')] });
  assert.equal(hotkeys.press('F2'), false);
  assert.equal(hotkeys.press('F1'), true);
  assert.deepEqual(
    hotkeys.layers().map((layer) => layer.title),
    ['dialog', 'shell'],
  );
  assert.deepEqual(
    hotkeys.layersBelow().map((layer) => layer.title),
    ['screen', 'shell'],
  );
  remove();
  assert.equal(hotkeys.press('F2'), true);
});

test('a chord already in force is refused, in one layer as in two', () => {
  const hotkeys = createHotkeys();
  hotkeys.add({ title: 'shell', isLasting: true, keys: [key('F1')] });
  assert.throws(() => hotkeys.add({ title: 'screen', keys: [key('F1')] }), /taken by shell/);
  assert.throws(() => hotkeys.add({ title: 'dialog', isModal: true, keys: [key('F1')] }), /shell/);
  assert.throws(
    () => hotkeys.add({ title: 'screen', keys: [key('A'), key('A')] }),
    /taken by screen/,
  );
});
