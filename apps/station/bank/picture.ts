// Looks into a picture before it is kept: what it is by its own bytes, never by what it is called.
import { pictureBytesMax, pictureSideMax } from '#contract/picture-bounds.ts';
import { Refusal, refuseUnless } from './refusal.ts';

export interface PictureFacts {
  readonly media: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

const pngMagic = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** Width and height of a PNG (ISO/IEC 15948, IHDR first, IEND last), or null where it is none. */
function pngSize(bytes: Uint8Array): readonly [number, number] | null {
  const isHead = word(bytes, 8) === 0 && word(bytes, 10) === 13;
  const named = String.fromCharCode(...bytes.subarray(12, 16));
  const end = String.fromCharCode(...bytes.subarray(-8, -4));
  if (!isHead || named !== 'IHDR' || end !== 'IEND') return null;
  if (word(bytes, 16) !== 0 || word(bytes, 20) !== 0) return [Number.MAX_SAFE_INTEGER, 0];
  return [word(bytes, 18), word(bytes, 22)];
}

/** Start-of-frame markers of JPEG (ITU-T T.81 table B.1): those that carry a size. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Width and height of a JPEG, found by walking its segments, or null where it is none. */
function jpegSize(bytes: Uint8Array): readonly [number, number] | null {
  if (word(bytes, bytes.length - 2) !== 0xffd9) return null;
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (isFrame(marker)) return [word(bytes, at + 7), word(bytes, at + 5)];
    const length = word(bytes, at + 2);
    if (length < 2 || marker === 0xda) return null;
    at += 2 + length;
  }
  return null;
}

/**
 * What the picture is. Refuses `picture-too-large` (64 KiB, 1024 pixels a side) and `picture-unknown`: anything
 * that is not a whole PNG or JPEG.
 */
export function pictureFacts(bytes: Uint8Array, field = 'base64'): PictureFacts {
  refuseUnless(
    bytes.length <= pictureBytesMax,
    'picture-too-large',
    `The picture has ${bytes.length} bytes, ${pictureBytesMax} are the most: take a smaller one.`,
    field,
  );
  const isPng = startsWith(bytes, pngMagic);
  const isJpeg = startsWith(bytes, [0xff, 0xd8, 0xff]);
  const size = isPng ? pngSize(bytes) : isJpeg ? jpegSize(bytes) : null;
  const [width, height] = size ?? [0, 0];
  if (!size || width === 0) {
    throw new Refusal('picture-unknown', 'This is no whole PNG or JPEG: take another file.', field);
  }
  refuseUnless(
    Math.max(width, height) <= pictureSideMax && height > 0,
    'picture-too-large',
    `The picture is ${width} by ${height} pixels, ${pictureSideMax} a side are the most.`,
    field,
  );
  return Object.freeze({ media: isPng ? 'image/png' : 'image/jpeg', width, height });
}
