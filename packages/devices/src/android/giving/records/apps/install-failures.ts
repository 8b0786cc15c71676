/** What the phone's words for not installing an app mean (AOSP `PackageManager.java`, `INSTALL_FAILED_…`), and what helps. */
const MEANINGS: Readonly<Record<string, string>> = {
  INSTALL_FAILED_USER_RESTRICTED:
    'the phone does not let a computer install apps: switch on "Install via USB" in the developer options, and allow it when the phone asks',
  INSTALL_FAILED_ABORTED: 'it was refused on the phone: allow it when the phone asks',
  INSTALL_FAILED_VERIFICATION_FAILURE:
    'Play Protect refused it: look at the phone, or install it from its store',
  INSTALL_FAILED_VERIFICATION_TIMEOUT:
    'Play Protect did not answer: connect the phone to the internet and try again',
  INSTALL_FAILED_INSUFFICIENT_STORAGE: 'there is not enough room on the phone',
  INSTALL_FAILED_VERSION_DOWNGRADE: 'the phone has a newer version of it',
  INSTALL_FAILED_UPDATE_INCOMPATIBLE:
    'the phone has it from another source, signed by someone else: remove that one first, which deletes its data',
  INSTALL_FAILED_ALREADY_EXISTS: 'the phone has it already',
  INSTALL_FAILED_OLDER_SDK: 'it needs a newer Android than the phone has',
  INSTALL_FAILED_DEPRECATED_SDK_VERSION: 'it was made for an Android so old that this one does not run it',
  INSTALL_FAILED_NO_MATCHING_ABIS: 'it was made for another kind of processor: install it from its store',
  INSTALL_FAILED_CPU_ABI_INCOMPATIBLE: 'it was made for another kind of processor: install it from its store',
  INSTALL_FAILED_MISSING_SPLIT: 'a part of it is missing that this phone needs: install it from its store',
  INSTALL_FAILED_MISSING_FEATURE: 'the phone lacks something that it needs',
  INSTALL_FAILED_MISSING_SHARED_LIBRARY: 'the phone lacks something that it needs',
  INSTALL_FAILED_INVALID_APK: 'the phone does not take its files for an app',
  INSTALL_FAILED_TEST_ONLY: 'it is a version for its makers only',
  INSTALL_FAILED_DUPLICATE_PERMISSION: 'another app on the phone has a permission of the same name',
  INSTALL_FAILED_CONFLICTING_PROVIDER: 'another app on the phone does the same thing under the same name',
  INSTALL_PARSE_FAILED_NOT_APK: 'the phone does not take its files for an app',
  INSTALL_PARSE_FAILED_NO_CERTIFICATES: 'it is not signed in a way that this Android takes',
};

/** What installing came to, as it is printed: `undefined` for a success, otherwise the phone's code and what it means. */
export function installRefusal(output: string): string | undefined {
  if (/^Success\b/m.test(output)) return undefined;
  const [said = output.trim().split('\n', 1)[0] ?? '', code] =
    /\b(INSTALL_[A-Z_]+)\b[^\]\n]*/.exec(output) ?? /[\w.]+(?:Exception|Error): .*/.exec(output) ?? [];
  const meaning = code === undefined ? undefined : MEANINGS[code];
  const short = said.slice(0, 300);
  return meaning === undefined ? short : `${code}: ${meaning}`;
}
