// Stands between branches and head office, and loses, delays, slows and swallows as it is told.
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/** `half-open`: both ends think the line is up and nothing passes; `refused`: nobody answers at all. */
export type Mood = 'good' | 'latency' | 'slow' | 'reset' | 'half-open' | 'refused';
export const moods: readonly Mood[] = ['good', 'latency', 'slow', 'reset', 'half-open', 'refused'];

export interface Weather {
  /** Ports on loopback, one for each server behind it, in their order. */
  readonly ports: readonly number[];
  behave(mood: Mood): void;
  close(): void;
}

const latencyMs = 60;
/** A slow line carries so many bytes at once, with a rest after each. */
const slowBytes = 900;
const slowMs = 4;

/** Opens one listening port for each server; `draw` gives chance from 0 to 1. */
export async function openWeather(
  servers: readonly number[],
  draw: () => number,
): Promise<Weather> {
  const sockets = new Set<Socket>();
  let mood: Mood = 'good';
  const carry = (from: Socket, to: Socket): void => {
    let before: Promise<void> = Promise.resolve();
    const after = (ms: number, bytes: Buffer): void => {
      before = before.then(() => rest(ms)).then(() => void (to.destroyed || to.write(bytes)));
    };
    from.on('data', (bytes) => {
      if (mood === 'half-open') return;
      if (mood === 'reset' && draw() < 0.15) {
        // Half of what was on its way still arrives.
        if (!to.destroyed) to.write(bytes.subarray(0, bytes.length >> 1));
        return void from.resetAndDestroy();
      }
      if (mood === 'slow') {
        for (let at = 0; at < bytes.length; at += slowBytes) {
          after(slowMs, bytes.subarray(at, at + slowBytes));
        }
      } else after(mood === 'latency' ? latencyMs * draw() : 0, bytes);
    });
  };
  const serve = (target: number): Server =>
    createServer((near) => {
      if (mood === 'refused') return void near.resetAndDestroy();
      const far = dial(target, '127.0.0.1');
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      }
      carry(near, far);
      carry(far, near);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
  const all = servers.map(serve);
  const ports = await Promise.all(all.map(listening));
  return Object.freeze({
    ports,
    behave(next: Mood) {
      mood = next;
      if (next === 'reset' || next === 'refused') {
        for (const socket of sockets) if (draw() < 0.5) socket.resetAndDestroy();
      }
    },
    close() {
      for (const server of all) server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
}

const rest = (ms: number): Promise<void> =>
  ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
