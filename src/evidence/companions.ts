import type { Member } from './container.ts'

/** Gives each file those that lie beside it and belong to it: a hive its transaction logs (`SYSTEM`: `SYSTEM.LOG1`). */
export function withCompanions(members: readonly Member[]): Member[] {
  const logs = new Map<string, Member[]>()
  for (const member of members) {
    const hive = /^(.+)\.log[12]?$/i.exec(member.path)?.[1]?.toLowerCase()
    if (hive === undefined || member.refused) continue
    const list = logs.get(hive)
    if (list) list.push(member)
    else logs.set(hive, [member])
  }
  if (logs.size === 0) return [...members]
  return members.map((member) => {
    const own = logs.get(member.path.toLowerCase())
    if (!own) return member
    return { ...member, companions: own.map(({ path, size, ref }) => ({ path, size, ref })) }
  })
}
