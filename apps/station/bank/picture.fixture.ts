// Makes the smallest pictures of a size that are whole by their frames; their content is nothing.

function word(value: number): readonly [number, number] {
  return [(value >> 8) & 0xff, value & 0xff];
}

function long(value: number): readonly number[] {
  return [...word(value >>> 16), ...word(value & 0xffff)];
}

const magic = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const end = [0, 0, 0, 0, ...Buffer.from('IEND'), 0xae, 0x42, 0x60, 0x82];

/** A PNG's signature, header and end. */
export function pngOf(width: number, height: number): Uint8Array {
  const head = [0, 0, 0, 13, ...Buffer.from('IHDR'), ...long(width), ...long(height)];
  return Uint8Array.of(...magic, ...head, 8, 2, 0, 0, 0, 0, 0, 0, 0, ...end);
}

/** A JPEG's start, an application segment, its frame header and its end. */
export function jpegOf(width: number, height: number): Uint8Array {
  const segment = [0xff, 0xe0, 0, 4, 0x4a, 0x46];
  const frame = [0xff, 0xc0, 0, 11, 8, ...word(height), ...word(width), 1, 1, 0x11, 0];
  return Uint8Array.of(0xff, 0xd8, ...segment, ...frame, 0xff, 0xd9);
}
