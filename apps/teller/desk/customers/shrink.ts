// Makes a picture small enough to be kept, and takes out what a camera writes beside it (place, time, device).
import { pictureBytesMax } from '#contract/picture-bounds.ts';

/** Longest side drawn, in pixels: a face or a signature is recognised well below. */
const sideMax = 480;
/** JPEG qualities tried, best first. */
const qualities = [0.85, 0.7, 0.5, 0.3];

/** Width and height with the longest side at most `most`, whole pixels, never enlarged. */
export function fitInto(
  size: { readonly width: number; readonly height: number },
  most: number,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, most / Math.max(size.width, size.height, 1));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { width: side(size.width), height: side(size.height) };
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The file drawn anew as a small JPEG, base64; null where the file is no picture this browser can draw. */
export async function shrinkPicture(file: Blob): Promise<string | null> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return null;
  const { width, height } = fitInto(bitmap, sideMax);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) return null;
  // A signature is often ink on nothing: paper is white.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  for (const quality of qualities) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= pictureBytesMax) return base64Of(blob);
  }
  return null;
}
