/** Most of an output that is shown. */
const MOST = 4000;

/** What may be somebody's, and what stands for it. */
const PRIVATE: readonly (readonly [RegExp, string])[] = [
  [/[^\s"'<>(){}[\],;=:]+@[^\s"'<>(){}[\],;]+/g, '…@…'],
  [/\bUserInfo\{(\d+):.*?:([0-9a-f]+)\}/g, 'UserInfo{$1:…:$2}'],
  [/\bname=.*?(?=, type=)/g, 'name=…'],
  [/\bSSID: ?("[^"]*"|[^,\n]*)/gi, 'SSID: …'],
  [/"[^"\n]*"/g, '"…"'],
  [/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi, '…:…'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '….….….…'],
  [/\b(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}\b/gi, '…::…'],
  [/(?<![\w.])\+?\d[\d ()/-]{8,}\d(?!\w)/g, '…'],
];

/** What a phone said, cut to what fits a page, without names of people, accounts and networks, addresses and long numbers. */
export function maskEvidence(text: string): string {
  let masked = text.length > MOST ? `${text.slice(0, MOST)}\n…` : text;
  for (const [pattern, stand] of PRIVATE) masked = masked.replace(pattern, stand);
  return masked;
}
