// Reads where a station listens, or is to be reached: HOST:PORT, an IPv6 address in brackets.
import { isIP } from 'node:net';
import { Refusal } from '#station/bank/refusal.ts';

export interface LanAddress {
  readonly host: string;
  /** 0 takes a free one where a station listens. */
  readonly port: number;
}

const hostName = /^(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*$/;

/** Refuses `bad-option` with what would be right; `field` is the option's name. */
export function readAddress(text: string, field: string): LanAddress {
  const [, bracketed, plain, digits = ''] =
    text.match(/^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/) ?? [];
  const host = bracketed ?? plain ?? '';
  const isHost = bracketed === undefined ? hostName.test(host) : isIP(host) === 6;
  if (!isHost || Number(digits) > 65_535) {
    throw new Refusal(
      'bad-option',
      `--${field} ${text} is no address; it is written HOST:PORT, such as 192.168.7.10:8443 or [fd00::10]:8443.`,
      field,
    );
  }
  return Object.freeze({ host, port: Number(digits) });
}

export function addressText({ host, port }: LanAddress): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
