/** Whether kept bytes are a whole JPEG or WebP: after a power cut a file may be there without its end. */
export function isWholePicture(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length < 16) return false;
  if (buffer.readUInt16BE(0) === 0xffd8) return buffer.readUInt16BE(buffer.length - 2) === 0xffd9;
  return buffer.toString('latin1', 0, 4) === 'RIFF' && buffer.readUInt32LE(4) + 8 <= buffer.length;
}

/** The media type of bytes that are a whole picture. */
export function pictureType(bytes: Uint8Array): 'image/jpeg' | 'image/webp' {
  return bytes[0] === 0xff ? 'image/jpeg' : 'image/webp';
}
