/** The two functions of libsodium we use; the package ships no types (https://doc.libsodium.org/advanced/poly1305). */
declare module 'sodium-native' {
  const sodium: {
    /** Writes the 16 bytes of the Poly1305 tag of `message` into `tag`; `key` is r followed by s, 32 bytes. */
    crypto_onetimeauth(tag: Uint8Array, message: Uint8Array, key: Uint8Array): void;
    /** Compares in constant time. */
    crypto_onetimeauth_verify(tag: Uint8Array, message: Uint8Array, key: Uint8Array): boolean;
  };
  export default sodium;
}
