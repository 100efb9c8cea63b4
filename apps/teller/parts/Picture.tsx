// Draws a picture the station sent on a canvas: the page's rules let no picture in from anywhere, and need not.
import { useEffect, useRef } from 'react';
import styles from './Picture.module.css';

export interface PictureProps {
  readonly media: string;
  readonly base64: string;
  /** What it shows, for who cannot see it. */
  readonly label: string;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

async function draw(canvas: HTMLCanvasElement, { media, base64 }: PictureProps): Promise<void> {
  const bitmap = await createImageBitmap(new Blob([bytesOf(base64)], { type: media }));
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
}

/** A picture that cannot be drawn stays an empty frame with its name. */
export function Picture(props: PictureProps) {
  const { media, base64, label } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, { media, base64, label }).catch(() => undefined);
  }, [media, base64, label]);
  return <canvas ref={canvas} className={styles.picture} role="img" aria-label={label} />;
}
