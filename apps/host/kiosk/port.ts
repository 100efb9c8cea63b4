// Gives each branch a port of its own, so that its window finds again what it kept for the same origin.
import { createHash } from 'node:crypto';

/** Above what services are assigned to and below what Linux hands out by itself (32768). */
const firstPort = 20_000;
const ports = 12_000;

/** The port a branch's folder (an absolute path) asks for first: the same at every start. */
export function portOf(folder: string): number {
  return firstPort + (createHash('sha256').update(folder).digest().readUInt32BE(0) % ports);
}
