// Hands a file to the person: as a download, because the page may neither write files nor open frames.

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Saves base64 content under the name. */
export function download(name: string, base64: string, type: string): void {
  save(name, new Blob([bytesOf(base64)], { type }));
}

/** Saves text under the name. */
export function downloadText(name: string, text: string, type: string): void {
  save(name, new Blob([text], { type }));
}

function save(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the content by the next turn; kept longer it would only hold memory.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
