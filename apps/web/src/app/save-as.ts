/** How long the browser is given to begin saving. */
const LET_GO_MS = 60_000;

/** Has the browser save bytes under a name. */
export function saveAs(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = address;
  link.download = name.replace(/[\\/:*?"<>|]/g, '-');
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), LET_GO_MS);
}
