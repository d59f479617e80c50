/** In the number at the end of what a logon is counted by (parsers/exchange/logons.ts): it was refused. */
export const REFUSED_LOGON = 1

/** Was such a logon refused? */
export function isRefusedLogon(value: string): boolean {
  return (Number(value.slice(value.lastIndexOf('\0') + 1)) & REFUSED_LOGON) !== 0
}
