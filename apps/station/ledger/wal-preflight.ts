// Reads the write-ahead log before SQLite does, because SQLite drops committed work behind one bad bit without a word.

import { readFileSync } from 'node:fs';

/** What the bytes of a write-ahead log say. */
export interface WalReport {
  /** Commits SQLite would take up. */
  readonly commits: number;
  /** Frames SQLite would take up, the last transaction's unfinished ones included. */
  readonly frames: number;
  /** Byte where the chain of checksums breaks, or null when it is whole to the end of this generation. */
  readonly breakAt: number | null;
  /** Commits of the same generation at or behind the break, which SQLite would drop. */
  readonly commitsBehind: number;
}

const headerBytes = 32;
const frameHeaderBytes = 24;
const magicNumbers = [0x377f0682, 0x377f0683];
const empty: WalReport = { commits: 0, frames: 0, breakAt: null, commitsBehind: 0 };

type Sum = readonly [number, number];

/** Scans the log file; a missing file is an empty log. */
export function scanWalFile(file: string): WalReport {
  try {
    return scanWal(readFileSync(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return empty;
    throw error;
  }
}

/**
 * Walks the frames as SQLite's recovery does (file format, section 4), and on behind the place where
 * it would stop. With synchronous=FULL a commit is acknowledged only after its frames are synced, so
 * an honest crash leaves at most one commit behind a break: the one nobody was told of. Two or more,
 * or any behind a damaged header (which is synced before the first frame), are lost money.
 */
export function scanWal(wal: Buffer): WalReport {
  if (wal.length < headerBytes + frameHeaderBytes) return empty;
  const header = readHeader(wal);
  if (header === null) return scanHeadless(wal);
  const { pageBytes, bigEndian, salt } = header;
  const stride = frameHeaderBytes + pageBytes;
  let sum = sumAt(wal, 24);
  let commits = 0;
  let frames = 0;
  let at = headerBytes;
  for (; at + stride <= wal.length; at += stride) {
    if (!frameHasSalt(wal, at, salt) || wal.readUInt32BE(at) === 0) break;
    const next = frameSum(wal, at, pageBytes, sum, bigEndian);
    if (!sumStands(wal, at, next)) break;
    sum = next;
    frames += 1;
    commits += commitFlag(wal, at);
  }
  const strayed = strayedFrame(wal, at, stride, sum, header);
  const commitsBehind = countCommits(wal, at, stride, salt) + (strayed ? commitFlag(wal, at) : 0);
  const broken = strayed || holdsFrame(wal, at, stride, salt);
  return { commits, frames, breakAt: broken ? at : null, commitsBehind };
}

interface Header {
  readonly pageBytes: number;
  readonly bigEndian: boolean;
  readonly salt: Buffer;
}

function readHeader(wal: Buffer): Header | null {
  const pageBytes = wal.readUInt32BE(8);
  if (!magicNumbers.includes(wal.readUInt32BE(0)) || !isPageSize(pageBytes)) return null;
  const bigEndian = (wal.readUInt32BE(0) & 1) === 1;
  const sum = addSum(wal, 0, 24, [0, 0], bigEndian);
  if (sum[0] !== wal.readUInt32BE(24) || sum[1] !== wal.readUInt32BE(28)) return null;
  return { pageBytes, bigEndian, salt: wal.subarray(16, 24) };
}

/** The header is damaged: looks for commits by the chain between frames alone, at every page size. */
function scanHeadless(wal: Buffer): WalReport {
  let commitsBehind = 0;
  for (let pageBytes = 512; pageBytes <= 65536; pageBytes *= 2) {
    for (const bigEndian of [false, true]) {
      commitsBehind = Math.max(commitsBehind, linkedCommits(wal, pageBytes, bigEndian));
    }
  }
  if (commitsBehind === 0) return empty;
  return { commits: 0, frames: 0, breakAt: 0, commitsBehind };
}

/** Counts commits among frames that follow, by their checksums, the frame or header before them. */
function linkedCommits(wal: Buffer, pageBytes: number, bigEndian: boolean): number {
  const stride = frameHeaderBytes + pageBytes;
  const follows = (at: number, before: Sum): boolean =>
    at + stride <= wal.length &&
    wal.readUInt32BE(at) !== 0 &&
    sumStands(wal, at, frameSum(wal, at, pageBytes, before, bigEndian));
  const first =
    follows(headerBytes, sumAt(wal, 24)) ||
    follows(headerBytes, addSum(wal, 0, 24, [0, 0], bigEndian));
  let commits = 0;
  let linked = first;
  for (let at = headerBytes; at + stride <= wal.length; at += stride) {
    const nextLinked = follows(at + stride, sumAt(wal, at + 16));
    if (linked || nextLinked) commits += commitFlag(wal, at);
    linked = nextLinked;
  }
  return commits;
}

function sumAt(wal: Buffer, at: number): Sum {
  return [wal.readUInt32BE(at), wal.readUInt32BE(at + 4)];
}

/** The frame at the break has another salt, and yet its checksum follows: only its salt was damaged. */
function strayedFrame(wal: Buffer, at: number, stride: number, sum: Sum, header: Header): boolean {
  if (at + stride > wal.length || frameHasSalt(wal, at, header.salt)) return false;
  return sumStands(wal, at, frameSum(wal, at, header.pageBytes, sum, header.bigEndian));
}

/** A frame cut short by the end of the file counts too, as soon as its header is whole. */
function countCommits(wal: Buffer, from: number, stride: number, salt: Buffer): number {
  let commits = 0;
  for (let at = from; at + frameHeaderBytes <= wal.length; at += stride) {
    if (frameHasSalt(wal, at, salt)) commits += commitFlag(wal, at);
  }
  return commits;
}

function holdsFrame(wal: Buffer, from: number, stride: number, salt: Buffer): boolean {
  for (let at = from; at + frameHeaderBytes <= wal.length; at += stride) {
    if (frameHasSalt(wal, at, salt)) return true;
  }
  return false;
}

/** 1 when the frame closes a commit: it then says how many pages the database has after it. */
function commitFlag(wal: Buffer, at: number): 0 | 1 {
  return wal.readUInt32BE(at + 4) === 0 ? 0 : 1;
}

function frameHasSalt(wal: Buffer, at: number, salt: Buffer): boolean {
  return wal.compare(salt, 0, 8, at + 8, at + 16) === 0;
}

function sumStands(wal: Buffer, at: number, sum: Sum): boolean {
  return sum[0] === wal.readUInt32BE(at + 16) && sum[1] === wal.readUInt32BE(at + 20);
}

function frameSum(wal: Buffer, at: number, pageBytes: number, before: Sum, big: boolean): Sum {
  const header = addSum(wal, at, 8, before, big);
  return addSum(wal, at + frameHeaderBytes, pageBytes, header, big);
}

/** SQLite's running checksum over pairs of 32-bit words, in the byte order the header names. */
function addSum(wal: Buffer, from: number, length: number, before: Sum, big: boolean): Sum {
  let [first, second] = before;
  const words = new DataView(wal.buffer, wal.byteOffset + from, length);
  for (let at = 0; at < length; at += 8) {
    first = (first + words.getUint32(at, !big) + second) >>> 0;
    second = (second + words.getUint32(at + 4, !big) + first) >>> 0;
  }
  return [first, second];
}

function isPageSize(pageBytes: number): boolean {
  return pageBytes >= 512 && pageBytes <= 65536 && (pageBytes & (pageBytes - 1)) === 0;
}
