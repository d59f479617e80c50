/** A way in: how it is called in every language, the vulnerabilities that open it, and the key of its sentence in the catalogues. */
export type AttackVector = { readonly name: string; readonly cves: readonly string[] }

/** The ways in of the packs, by the id of their campaign. */
export const doors = {
  'cve-2020-0688': { name: 'CVE-2020-0688', cves: ['CVE-2020-0688'] },
  'cve-2020-16875': { name: 'CVE-2020-16875', cves: ['CVE-2020-16875', 'CVE-2020-17132'] },
  'cve-2020-17144': { name: 'CVE-2020-17144', cves: ['CVE-2020-17144'] },
  'cve-2021-42321': { name: 'CVE-2021-42321', cves: ['CVE-2021-42321'] },
  'cve-2023-21529-storm1175': { name: 'CVE-2023-21529', cves: ['CVE-2023-21529'] },
  'cve-2023-23397': { name: 'CVE-2023-23397', cves: [] },
  'cve-2024-21410': { name: 'CVE-2024-21410', cves: ['CVE-2024-21410'] },
  'cve-2025-53786': { name: 'CVE-2025-53786', cves: [] },
  'cve-2026-42897': { name: 'CVE-2026-42897', cves: ['CVE-2026-42897'] },
  'owassrf-2022': { name: 'OWASSRF (CVE-2022-41080)', cves: ['CVE-2022-41080'] },
  'proxylogon-2021': { name: 'ProxyLogon (CVE-2021-26855)', cves: ['CVE-2021-26855'] },
  'proxynotshell-2022': { name: 'ProxyNotShell (CVE-2022-41040)', cves: ['CVE-2022-41040'] },
  'proxyoracle-2021': { name: 'ProxyOracle (CVE-2021-31195)', cves: ['CVE-2021-31195'] },
  'proxyshell-2021': { name: 'ProxyShell (CVE-2021-34473)', cves: ['CVE-2021-34473'] },
  'proxytoken-2021': { name: 'ProxyToken (CVE-2021-33766)', cves: ['CVE-2021-33766'] },
} as const satisfies Readonly<Record<string, AttackVector>>

export type DoorId = keyof typeof doors

export function isDoor(id: string): id is DoorId {
  return Object.hasOwn(doors, id)
}
