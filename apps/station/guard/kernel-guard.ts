// Drives the kernel's guard through the addon: encodes, calls, decodes; every rule is the module's.
import { type Addon, type Device, errnoName } from '#native/index.ts';
import { recordBytes } from './chain.ts';
import { decodeAccount, decodeInfo, decodeKept, decodeQuote, decodeStatistics } from './decode.ts';
import { encodeLimits, encodeNewAccount, encodeTransfer, word } from './encode.ts';
import { GuardError, type RefusedName, resultName } from './error.ts';
import { batchMax, type Guard, type GuardDevice, pageMax, type Receipt } from './guard.ts';
import { layout, type RequestName, requests, type StructName } from './layout.ts';

export const devicePath = '/dev/qenex_banking';
const abi = 1;
/** Misc devices have this major number (Documentation/admin-guide/devices.txt). */
const miscMajor = 10;
const writableByOthers = 0o002;

/** The kernel's guard behind the device. `open` throws a GuardError with the errno's name. */
export function createKernelGuard(addon: Addon, path: string = devicePath): GuardDevice {
  return Object.freeze({
    open(): Guard {
      const device = addon.open(path);
      if (typeof device === 'number') throw new GuardError(errnoName(device));
      try {
        refuseStranger(addon, device);
        const guard = openSession(addon, device);
        if (guard.info().abi !== abi) throw new GuardError('ENOTTY');
        return guard;
      } catch (error) {
        addon.close(device);
        throw error;
      }
    },
  });
}

/** A device anybody may write to, or no misc device at all, is not the guard. */
function refuseStranger(addon: Addon, device: Device): void {
  const shape = addon.describe(device);
  if (typeof shape === 'number') throw new GuardError(errnoName(shape));
  if (!shape.isCharacterDevice || shape.major !== miscMajor) throw new GuardError('ENODEV');
  if ((shape.mode & writableByOthers) !== 0) throw new GuardError('EACCES');
}

type Call = (name: RequestName, bytes: Uint8Array) => void;
const blank = (struct: StructName): Buffer => Buffer.alloc(layout[struct].bytes);

function openSession(addon: Addon, device: Device): Guard {
  const call: Call = (name, bytes) => {
    const answer = addon.call(device, requests[name], bytes);
    if (answer < 0) throw new GuardError(errnoName(answer));
  };
  return Object.freeze({
    kind: 'kernel',
    ...lookers(addon, device, call),
    ...movers(addon, device),
    ...keepers(call),
    events: (arrived: Parameters<Guard['events']>[0]) => watch(addon, device, arrived),
    close: () => addon.close(device),
  });
}

function lookers(addon: Addon, device: Device, call: Call) {
  const page = (name: RequestName, item: StructName, first: bigint, count: number) => {
    if (!(count >= 1 && count <= pageMax)) throw new GuardError('EINVAL');
    const { array, first: firstAt, count: countAt, total, seq } = layout.qenex_list;
    const items = Buffer.alloc(layout[item].bytes * count);
    const bytes = blank('qenex_list');
    word(bytes, first, firstAt);
    bytes.writeUInt32LE(count, countAt);
    const answer = addon.batch(device, requests[name], bytes, items, array);
    if (answer < 0) throw new GuardError(errnoName(answer));
    const size = layout[item].bytes;
    return {
      items: Array.from({ length: bytes.readUInt32LE(countAt) }, (_, index) =>
        items.subarray(index * size, (index + 1) * size),
      ),
      total: bytes.readUInt32LE(total),
      seq: bytes.readBigUInt64LE(seq),
    };
  };
  const asked = (name: RequestName, struct: StructName, fill?: (bytes: Buffer) => void) => {
    const bytes = blank(struct);
    fill?.(bytes);
    call(name, bytes);
    return bytes;
  };
  return {
    info: () => decodeInfo(asked('QENEX_INFO', 'qenex_info')),
    account: (id: bigint) =>
      decodeAccount(asked('QENEX_ACCOUNT_GET', 'qenex_account', (bytes) => word(bytes, id, 0))),
    accounts(first: number, count: number) {
      const read = page('QENEX_ACCOUNT_LIST', 'qenex_account', BigInt(first), count);
      return { ...read, items: read.items.map(decodeAccount) };
    },
    lookup: (id: string) =>
      decodeKept(asked('QENEX_LOOKUP', 'qenex_transfer', (bytes) => bytes.write(id, 0, 16, 'hex'))),
    holds(after: bigint, count: number) {
      const read = page('QENEX_HOLDS', 'qenex_transfer', after, count);
      return { ...read, items: read.items.map(decodeKept) };
    },
    statistics: () => decodeStatistics(asked('QENEX_STATISTICS', 'qenex_statistics')),
    quote: (nonce: string) =>
      decodeQuote(
        asked('QENEX_ANCHOR_QUOTE', 'qenex_quote', (bytes) => bytes.write(nonce, 0, 32, 'hex')),
      ),
  };
}

const at = layout.qenex_transfer;
const batchAt = layout.qenex_batch;

function refused(answer: number, result: number, leg: number): GuardError {
  const code = errnoName(answer);
  const name = resultName(result);
  const isRefusal = name !== null && result >= 10;
  return new GuardError(code, isRefusal ? (name as RefusedName) : null, leg);
}

function receiptOf(bytes: Buffer, start: number): Receipt {
  return {
    result: resultName(bytes.readUInt32LE(start + at.result)) as Receipt['result'],
    state: bytes.readUInt32LE(start + at.state),
    seq: bytes.readBigUInt64LE(start + at.seq),
    digest: bytes.toString('hex', start + at.digest, start + at.digest + 32),
  };
}

/** What moves money: made with every posting, so its buffers are made once. */
function movers(addon: Addon, device: Device) {
  const one = blank('qenex_transfer');
  const frame = blank('qenex_batch');
  const legs = Buffer.alloc(at.bytes * batchMax);
  return {
    transfer(transfer: Parameters<Guard['transfer']>[0]): Receipt {
      encodeTransfer(transfer, one, 0);
      const answer = addon.call(device, requests.QENEX_POST_TRANSFER, one);
      if (answer < 0) throw refused(answer, one.readUInt32LE(at.result), 0);
      return receiptOf(one, 0);
    },
    batch(transfers: Parameters<Guard['batch']>[0]): readonly Receipt[] {
      if (transfers.length > batchMax) throw new GuardError('EINVAL');
      transfers.forEach((transfer, index) => {
        encodeTransfer(transfer, legs, index * at.bytes);
      });
      frame.fill(0);
      frame.writeUInt32LE(transfers.length, batchAt.count);
      const answer = addon.batch(device, requests.QENEX_BATCH, frame, legs, batchAt.array);
      if (answer < 0) {
        const leg = frame.readUInt32LE(batchAt.leg);
        throw refused(answer, frame.readUInt32LE(batchAt.result), leg);
      }
      return transfers.map((_, index) => receiptOf(legs, index * at.bytes));
    },
  };
}

/** What begins, bounds and ends the guard's life. */
function keepers(call: Call) {
  const send = (name: RequestName, struct: StructName, fill: (bytes: Buffer) => void): Buffer => {
    const bytes = blank(struct);
    fill(bytes);
    call(name, bytes);
    return bytes;
  };
  const reasoned = (name: RequestName) => (reason: string) => {
    send(name, 'qenex_freeze', (bytes) => bytes.write(reason, 0, 32, 'hex'));
  };
  return {
    attach(role: number, till: bigint) {
      send('QENEX_ATTACH', 'qenex_attach', (bytes) => {
        bytes.writeUInt32LE(role, layout.qenex_attach.role);
        word(bytes, till, layout.qenex_attach.till);
      });
    },
    ...loaders(send),
    setLimits(limits: Parameters<Guard['setLimits']>[0]) {
      send('QENEX_LIMITS', 'qenex_limits', (bytes) => encodeLimits(limits, bytes));
    },
    resetOffline(id: bigint, token: string) {
      send('QENEX_OFFLINE_RESET', 'qenex_offline_reset', (bytes) => {
        word(bytes, id, 0);
        bytes.write(token, layout.qenex_offline_reset.token, 32, 'hex');
      });
    },
    setKey(key: string) {
      const bytes = send('QENEX_KEY_SET', 'qenex_key', (into) => into.write(key, 0, 32, 'hex'));
      bytes.fill(0);
    },
    seal(bits: number) {
      send('QENEX_SEAL', 'qenex_seal', (bytes) => bytes.writeUInt32LE(bits, 0));
    },
    freeze: reasoned('QENEX_FREEZE'),
    thaw: reasoned('QENEX_THAW'),
    reset: () => call('QENEX_RESET', Buffer.alloc(0)),
    checkpoint(seq: bigint, digest: string) {
      send('QENEX_CHECKPOINT', 'qenex_checkpoint', (bytes) => {
        word(bytes, seq, 0);
        bytes.write(digest, layout.qenex_checkpoint.digest, 32, 'hex');
      });
    },
    extend(previous: bigint, head: Parameters<Guard['extend']>[1]) {
      const { counter, value, reg } = layout.qenex_anchor;
      const bytes = send('QENEX_ANCHOR_EXTEND', 'qenex_anchor', (into) => {
        word(into, previous, 0);
        word(into, head.counter, counter);
        into.write(head.value, value, 32, 'hex');
      });
      return bytes.toString('hex', reg, reg + 32);
    },
  };
}

function loaders(
  send: (name: RequestName, struct: StructName, fill: (bytes: Buffer) => void) => Buffer,
) {
  return {
    loadBegin(begin: Parameters<Guard['loadBegin']>[0]) {
      const { previous_seq: seq, previous_digest: digest } = layout.qenex_load_begin;
      send('QENEX_LOAD_BEGIN', 'qenex_load_begin', (bytes) => {
        bytes.write(begin.device, 0, 16, 'hex');
        word(bytes, begin.previousSeq, seq);
        bytes.write(begin.previousDigest, digest, 32, 'hex');
      });
    },
    loadCommit(accounts: number, head: Parameters<Guard['loadCommit']>[1]) {
      const { counter, value } = layout.qenex_load_commit;
      send('QENEX_LOAD_COMMIT', 'qenex_load_commit', (bytes) => {
        bytes.writeUInt32LE(accounts, 0);
        word(bytes, head.counter, counter);
        bytes.write(head.value, value, 32, 'hex');
      });
    },
    createAccount(account: Parameters<Guard['createAccount']>[0]) {
      send('QENEX_ACCOUNT_CREATE', 'qenex_account', (bytes) => encodeNewAccount(account, bytes));
    },
  };
}

const overrun = 'EPIPE';

/** Stream of records by the addon's thread; ends when the session is closed. */
function watch(addon: Addon, device: Device, arrived: Parameters<Guard['events']>[0]): () => void {
  let isWanted = true;
  let isOverrun = false;
  const answer = addon.watch(device, recordBytes, (error, records) => {
    if (!isWanted) return;
    if (error !== 0 && errnoName(error) === overrun) isOverrun = true;
    if (records.length === 0) return;
    arrived(records, isOverrun);
    isOverrun = false;
  });
  if (answer < 0) throw new GuardError(errnoName(answer));
  return () => {
    isWanted = false;
  };
}
