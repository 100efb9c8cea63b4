// Attacks the address a station listens at: ports there are not, hosts that are none, brackets left out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressText, readAddress } from './address.ts';

test('what is an address is read and written the same way', () => {
  for (const text of ['192.168.7.10:8443', '[fd00::10]:8443', 'station.branch:0', 'a:65535']) {
    assert.equal(addressText(readAddress(text, 'serve-lan')), text);
  }
});

test('what is none is refused by the option’s name', () => {
  const none = [
    ...['', '8443', 'station', 'station:', ':8443', 'station:65536', 'station:99999'],
    ...['station:123456', 'station:-1', '-a:1', 'a..b:1', 'fd00::10:8443', '[192.168.7.10]:8443'],
    ...['[fd00::10]', '[fd00::zz]:1', 'a b:1', 'station:8443/', 'http://station:8443'],
  ];
  for (const text of none) {
    assert.throws(() => readAddress(text, 'serve-lan'), {
      reason: 'bad-option',
      field: 'serve-lan',
    });
  }
});
